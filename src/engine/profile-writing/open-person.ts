import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Writer } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import type { Access } from '../access/check-access.ts';
import { notFound } from '../place.ts';
import { locate } from '../reading/locate.ts';
import type { WriteParts } from '../writing/create.ts';
import { writeFidelity } from '../writing/settle.ts';
import type { FacetWriting } from './write-facets.ts';

/** A request that writes a profile, and with what. */
export interface ProfileRequest {
  readonly model: Model;
  readonly caller: Caller;
  readonly access: Access;
  readonly parts: WriteParts;
  /** The way to the person. */
  readonly person: Target;
}

/** The person whose profile is written, and where they stand, as context URLs write it. */
export interface OpenPerson extends FacetWriting {
  readonly shown: string;
}

/** Finds the person of a request. Refuses with 404 who is not there, with 403 who is out of reach. */
export async function openPerson(
  tx: Writer,
  { model, caller, access, parts, person }: ProfileRequest,
): Promise<OpenPerson> {
  const now = parts.clock.now();
  const at = { target: person, caller, access, reader: tx, model, now };
  const { found, shown, ownerId } = await locate({ ...at, wanted: 'doc' });
  if (!found) throw notFound(ownerId);
  return { model, caller, now, fidelity: writeFidelity(model, parts), user: found, shown };
}
