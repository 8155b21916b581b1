import type { BehaviourCall } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';

/** The directory object on which an operation is called. */
export interface BoundObject {
  readonly id: string;
  /** The set that keeps it. */
  readonly set: string;
  /** Its address by that set: `users('id')`. */
  readonly path: string;
  readonly value: Document;
}

/** The user or group on which an operation is called, whichever path leads to it. */
export function boundObject({ binding }: BehaviourCall): BoundObject {
  const value = binding?.value as Document;
  const id = String(value.id);
  const isNamed = /\.(group|user)$/.exec(String(value['@odata.type'] ?? ''))?.[1];
  const isGroup = isNamed ? isNamed === 'group' : binding?.path?.startsWith('groups');
  const set = isGroup ? 'groups' : 'users';
  return { id, set, path: `${set}('${id}')`, value };
}
