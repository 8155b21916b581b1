import { INVITED } from '#engine/linked-in/invitation.ts';
import { newId } from '#ids.ts';
import { connectionPair, invitationPair } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { MakeReady, ReadyEntity } from '#plan/load.ts';
import type { SeedPiece } from './decode-seed.ts';
import { SeedError } from './read-seed.ts';
import type { SeedEntity } from './unfold-entity.ts';

/** What relates the two members of a connection, which no navigation leads along. */
export const CONNECTION = 'kith.connection';

/** A link between two root entities of which either may still be to come. */
export interface PendingLink {
  readonly relation: string;
  readonly from: EntityName;
  readonly to: EntityName;
  readonly isOptional: boolean;
  readonly where: string;
}

/** A root entity by its key, in one of several sets. */
export interface EntityName {
  readonly sets: readonly string[];
  readonly id: string;
}

/** Where an entity goes, and where it stands in the seed. */
export type SeedPlace = Pick<SeedEntity, 'set' | 'ownerId' | 'path' | 'key' | 'where'>;

/** An entity of which nothing is held but what is written. */
export interface ReadiedEntity extends SeedPlace {
  readonly ready: ReadyEntity;
}

/** An entity with secrets to be hashed or streams to be read; its type is said by its name alone. */
export interface UnreadyEntity extends Omit<SeedEntity, 'type' | 'links'> {
  readonly typeName: string;
}

/** What a line of a seed says, as far as it can be known without a store. */
export type ReadyPiece =
  | Extract<SeedPiece, { kind: 'tenant' }>
  | {
      readonly kind: 'entities';
      readonly entities: readonly (ReadiedEntity | UnreadyEntity)[];
      readonly links: readonly PendingLink[];
      /** Whether what stands for Graph is among the entities. */
      readonly bringsGraph: boolean;
      /** Characters of the lines, and how many they are. */
      readonly length: number;
      readonly lines: number;
    };

/** Makes the entities of a piece ready, and names the links between them. */
export function readyPiece(piece: SeedPiece, make: MakeReady): ReadyPiece {
  if (piece.kind === 'tenant') return piece;
  const { kind, entities, bringsGraph, length } = piece;
  const readied = entities.map((entity) => readyEntity(entity, make));
  const links = entities.flatMap(linksOf);
  return { kind, entities: readied, links, bringsGraph, length, lines: 1 };
}

function readyEntity(entity: SeedEntity, make: MakeReady): ReadiedEntity | UnreadyEntity {
  const { passwordHash, secrets, streams, type, links: _, ...rest } = entity;
  for (const name of streams?.keys() ?? []) {
    const isStream = name === '' || type.properties.get(name)?.type.name === 'Edm.Stream';
    if (!isStream) throw new SeedError(`${entity.where}: '${name}' is no stream.`);
  }
  if (passwordHash || secrets?.length || streams?.size) {
    return { ...rest, passwordHash, secrets, streams, typeName: type.name };
  }
  return placeReady(rest, rest.members, make);
}

/** An entity as it is written, at its place. */
export function placeReady(
  { set, ownerId, path, key, where }: SeedPlace,
  members: Document,
  make: MakeReady,
): ReadiedEntity {
  const whole = path === '' ? completeMembers(set, members) : members;
  return { set, ownerId, path, key, where, ready: make(set, path, whole) };
}

/** The links that an entity names, and those between the two members of a connection. */
function linksOf({ set, ownerId, links, members, where }: SeedEntity): PendingLink[] {
  const self = { sets: [set], id: ownerId };
  const named = links.map(({ relation, isInverse, isOptional, ...other }): PendingLink => {
    const [from, to] = isInverse ? [other, self] : [self, other];
    return { relation, from, to, isOptional, where };
  });
  const type = members['@odata.type'];
  if (set === 'invitations' && type === 'kith.invitation') {
    const people = [members.inviter, members.invitee].map((id) => ({
      sets: ['users'],
      id: String(id),
    }));
    const invited = people.map((from) => {
      return { relation: INVITED, from, to: self, isOptional: false, where };
    });
    return [...named, ...invited];
  }
  if (set !== 'connections' || type !== 'kith.connection') return named;
  const [one, other] = ((members.members ?? []) as string[]).map((id) => ({ sets: ['users'], id }));
  if (!one || !other || one.id === other.id) {
    throw new SeedError(`${where}: a connection has two members.`);
  }
  return [{ relation: CONNECTION, from: one, to: other, isOptional: false, where }];
}

/** Members that the store looks entities up by and a seed need not spell out. */
function completeMembers(set: string, members: Document): Document {
  const type = members['@odata.type'];
  if (set === 'connections' && type === 'kith.connection') {
    const [one, other] = members.members as string[];
    return { ...members, pair: connectionPair(String(one), String(other)) };
  }
  if (set !== 'invitations' || type !== 'kith.invitation') return members;
  const pair = invitationPair(String(members.inviter), String(members.invitee));
  return { ...members, pair, validationToken: members.validationToken ?? newId() };
}
