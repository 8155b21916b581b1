import type { EnumType } from '#model/model.ts';

/**
 * The text in which JSON carries an enum value that a URL writes by names or by numbers
 * (OData ABNF 4.01, enumValue); undefined for what names no member. A number without a member
 * stays a number.
 */
export function readEnum(type: EnumType, text: string): string | undefined {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length > 1 && !type.flags) return undefined;
  const names: string[] = [];
  for (const part of parts) {
    const name = /^[+-]?\d{1,19}$/.test(part)
      ? nameNumber(type, BigInt(part))
      : (findMember(type, part) ?? (type.acceptsAnyString ? part : undefined));
    if (name === undefined) return undefined;
    names.push(name);
  }
  return [...new Set(names)].join(',');
}

/** The member of that name, in any case where no other has the exact spelling. */
function findMember(type: EnumType, written: string): string | undefined {
  if (type.members.has(written)) return written;
  const lower = written.toLowerCase();
  return [...type.members.keys()].find((name) => name.toLowerCase() === lower);
}

function nameNumber(type: EnumType, number: bigint): string {
  for (const [name, value] of type.members) if (BigInt(value) === number) return name;
  if (!type.flags) return String(number);
  const names: string[] = [];
  let left = number;
  // The greatest first: a member of several bits stands for all of them.
  const members = [...type.members].sort(([, one], [, other]) => other - one);
  for (const [name, value] of members) {
    const bits = BigInt(value);
    if (bits === 0n || (left & bits) !== bits) continue;
    names.unshift(name);
    left &= ~bits;
  }
  return left === 0n ? names.join(',') : String(number);
}
