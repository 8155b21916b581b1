import type { EntityType, Navigation, PropertyType } from '#model/model.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { Path, PathStep } from '#plan/expression.ts';
import type { World } from './query-data.ts';

/** An entity in memory, with what it contains. */
export interface NaiveEntity {
  readonly set: string;
  /** The place of its root entity in the list of rows. */
  readonly root: number;
  readonly path: string;
  readonly key: string;
  readonly members: Document;
}

/** Where a path has come to: an entity, or a value with its declared type. */
export interface Spot {
  readonly entity: NaiveEntity | undefined;
  readonly value: Value;
  readonly type: PropertyType | EntityType | undefined;
}

/** What the variables of an expression stand for. */
export type NaiveScope = ReadonlyMap<string, Spot>;

/** The test data in memory, as a graph to walk. */
export class NaiveWorld {
  readonly entities: readonly NaiveEntity[];
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.entities = world.rows.map(({ set, members }, root) => ({
      set,
      root,
      path: '',
      key: String(members.id),
      members: { ...members, [TYPE]: set === 'items' ? 'test.item' : 'test.maker' },
    }));
  }

  /** The spot, or the spots of a collection, at the end of a path; null on the way is null. */
  follow(path: Path, scope: NaiveScope): Spot | readonly Spot[] | null {
    let at: Spot | readonly Spot[] | null = scope.get(path.variable) ?? null;
    for (const step of path.steps) at = this.take(at, step);
    return at;
  }

  private take(at: Spot | readonly Spot[] | null, step: PathStep): Spot | readonly Spot[] | null {
    if (at === null) return null;
    if (Array.isArray(at)) {
      const spots = at as readonly Spot[];
      if (step.kind === 'key')
        return spots.find(({ entity }) => entity?.members.id === step.value) ?? null;
      return spots.flatMap((each) => (this.take(each, step) as Spot | null) ?? []);
    }
    const spot = at as Spot;
    switch (step.kind) {
      case 'property':
        return valueSpot(membersOf(spot)?.[step.property.name], step.property);
      case 'dynamic':
        return { entity: undefined, value: membersOf(spot)?.[step.name] ?? null, type: undefined };
      case 'cast':
        return isOfType(spot.value, step.type.name) ? spot : null;
      case 'navigation':
        return this.navigate(spot, step.navigation);
      default:
        throw new Error('A key follows a collection.');
    }
  }

  private navigate({ entity }: Spot, navigation: Navigation): Spot | readonly Spot[] | null {
    if (!entity) return navigation.collection ? [] : null;
    const found = navigation.contains
      ? this.contained(entity, navigation.name)
      : this.linked(entity, navigation.relation!, navigation.inverse);
    const spots = found.map((each) => entitySpot(each, navigation.target));
    return navigation.collection ? spots : (spots[0] ?? null);
  }

  private contained(entity: NaiveEntity, name: string): NaiveEntity[] {
    const path = entity.path === '' ? name : `${entity.path}/${name}`;
    const above = entity.path === '' ? '' : `${entity.key}/`;
    return this.world.rows[entity.root]!.parts.filter(
      (part) => part.path === path && part.key.startsWith(above),
    ).map(({ key, members }) => ({ set: entity.set, root: entity.root, path, key, members }));
  }

  private linked(entity: NaiveEntity, relation: string, inverse: boolean): NaiveEntity[] {
    return this.world.links.flatMap(([name, source, target]) => {
      const [from, to] = inverse ? [target, source] : [source, target];
      return name === relation && from === entity.root ? [this.entities[to]!] : [];
    });
  }
}

/** Whether a value names the type or one below it. */
export function isOfType(value: Value, name: string): boolean {
  const held = String((value as Document | null)?.[TYPE] ?? '');
  const above: Readonly<Record<string, string>> = {
    'test.farPlace': 'test.place',
    'test.item': 'test.thing',
    'test.maker': 'test.thing',
  };
  return held === name || above[held] === name;
}

/** A spot at an entity. */
export function entitySpot(entity: NaiveEntity, type: EntityType): Spot {
  return { entity, value: entity.members as Value, type };
}

function valueSpot(
  value: Value | undefined,
  { type, collection }: { type: PropertyType; collection: boolean },
): Spot | readonly Spot[] {
  if (!collection) return { entity: undefined, value: value ?? null, type };
  return ((value ?? []) as Value[]).map((each) => ({ entity: undefined, value: each, type }));
}

function membersOf({ value }: Spot): Document | undefined {
  return typeof value === 'object' && value !== null ? (value as Document) : undefined;
}
