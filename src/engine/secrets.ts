import type { Change } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';

/** Hashes a secret into the text that is stored of it; slow on purpose, off the main thread. */
export type HashSecret = (secret: string) => Promise<string>;

/** One secret of a change. */
export interface Secret {
  /** Where it stands: `passwordProfile/password`. */
  readonly name: string;
  readonly path: readonly string[];
  readonly value: string;
}

/** The secrets that a change carries. */
export function findSecrets(change: Change, path: readonly string[] = []): Secret[] {
  const secrets: Secret[] = [];
  for (const [name, member] of change.members) {
    const here = [...path, name];
    if (member.kind === 'merge') secrets.push(...findSecrets(member.change, here));
    else if (member.property.secret && typeof member.value === 'string') {
      secrets.push({ name: here.join('/'), path: here, value: member.value });
    }
  }
  return secrets;
}

/** The members without their secrets: what may be stored. */
export function withoutSecrets(members: Document, secrets: readonly Secret[]): Document {
  let result = members;
  for (const { path } of secrets) result = without(result, path);
  return result;
}

function without(members: Document, [name, ...rest]: readonly string[]): Document {
  if (name === undefined) return members;
  const { [name]: value, ...others } = members;
  if (rest.length === 0) return others;
  const inner = without(value as Document, rest);
  return { ...members, [name]: inner as Value };
}
