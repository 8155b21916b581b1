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

/** What is stored of a secret. */
export interface HashedSecret {
  readonly name: string;
  readonly value: string;
}

/** The secrets that a change carries, without those of related entities. */
export function findSecrets(change: Change, path: readonly string[] = []): Secret[] {
  const secrets: Secret[] = [];
  for (const [name, member] of change.members) {
    if (member.kind === 'merge') secrets.push(...findSecrets(member.change, [...path, name]));
    else if (member.kind === 'value' && member.property.secret) {
      if (typeof member.value !== 'string') continue;
      const here = [...path, name];
      secrets.push({ name: here.join('/'), path: here, value: member.value });
    }
  }
  return secrets;
}

/** What is stored of the secrets of a change and of every entity that is nested in it. */
export async function hashSecrets(
  change: Change,
  hashSecret: HashSecret,
): Promise<ReadonlyMap<Change, readonly HashedSecret[]>> {
  const hashes = new Map<Change, readonly HashedSecret[]>();
  for (const each of withNested(change)) {
    const secrets = findSecrets(each);
    if (secrets.length === 0) continue;
    const hash = async ({ name, value }: Secret) => ({ name, value: await hashSecret(value) });
    hashes.set(each, await Promise.all(secrets.map(hash)));
  }
  return hashes;
}

/** The members without their secrets: what may be stored. */
export function withoutSecrets(members: Document, secrets: readonly Secret[]): Document {
  let result = members;
  for (const { path } of secrets) result = without(result, path);
  return result;
}

function withNested(change: Change): Change[] {
  const entries = [...change.related.values()].flatMap((related) => related.entries);
  const nested = entries.flatMap((entry) => (entry.kind === 'entity' ? [entry.change] : []));
  return [change, ...nested.flatMap(withNested)];
}

function without(members: Document, [name, ...rest]: readonly string[]): Document {
  if (name === undefined) return members;
  const { [name]: value, ...others } = members;
  if (rest.length === 0) return others;
  const inner = without(value as Document, rest);
  return { ...members, [name]: inner as Value };
}
