import { Refusal } from '#errors.ts';
import type {
  EntityType,
  Navigation,
  Property,
  PropertyType,
  Resource,
  StructuredType,
} from '#model/model.ts';
import type { Path, PathStep } from '#plan/expression.ts';
import { joinKeys, splitKeys } from '#plan/key-text.ts';
import { relationAt } from '#plan/place-relation.ts';
import type { Address } from '#plan/store.ts';
import type { IndexColumn, SetLayout } from '../layout.ts';
import {
  type Binding,
  ElementBinding,
  isNamedKind,
  RowBinding,
  type Scope,
  tableOf,
} from './binding.ts';
import type { Context } from './context.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import { namesOf, typeGuard } from './type-guard.ts';

/** One way along a path; a relation may lead into several sets, and then there are several. */
export interface Way {
  /** The tables between the variable and the value, each joined to the one before. */
  readonly hops: readonly Hop[];
  /** The row, or the member of an array, in which the value lies. */
  readonly at: Binding;
  /** The members that lead to the value inside it. */
  readonly within: readonly string[];
  readonly type: PropertyType | EntityType | undefined;
  /** The value is a collection inside the document. */
  readonly isArray: boolean;
  /** The way ends at the entities of a collection-valued navigation. */
  readonly isSet: boolean;
  /** The column that holds the value's key, if the property is indexed. */
  readonly index: IndexColumn | undefined;
  /** What has to hold for the value to be there: casts on the way. */
  readonly guards: readonly Fragment[];
}

interface Hop {
  readonly binding: Binding;
  /** Tables between two rows, such as that of links. */
  readonly through: string | undefined;
  readonly where: readonly Fragment[];
}

const NAME = /^@?[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}.]*$/u;

/** Follows a path from its variable, through navigation and casts. */
export function followPath(context: Context, path: Path, scope: Scope): Way[] {
  const [first, ...rest] = path.steps;
  if (first?.kind === 'resource') return follow(context, enterSet(context, first.resource), rest);
  const at = scope.get(path.variable);
  if (at) return follow(context, enterBinding(at), path.steps);
  // What a combination leads to is a variable of its own.
  const factor = first?.kind === 'navigation' && scope.get(factorName(path.variable, first));
  if (factor) return follow(context, enterBinding(factor), rest);
  throw new Error(`The expression names ${path.variable}, which is not bound.`);
}

/** The variable of one entity of a combination. */
export function factorName(
  variable: string,
  { navigation }: { readonly navigation: Navigation },
): string {
  return `${variable}/${navigation.name}`;
}

function enterBinding(at: Binding): Way {
  return {
    hops: [],
    at,
    within: [],
    type: at.type,
    isArray: false,
    isSet: false,
    index: undefined,
    guards: [],
  };
}

function follow(context: Context, start: Way, steps: readonly PathStep[]): Way[] {
  let ways = [start];
  for (const step of steps) ways = ways.flatMap((way) => take(context, way, step));
  return ways;
}

/** The entities of a set, or the one of a singleton. */
function enterSet(context: Context, { set, type, collection }: Resource): Way {
  const { words } = context;
  const alias = context.newAlias();
  const row = new RowBinding(words, { alias, type, layout: context.layouts.get(set) });
  const where = [sql`${alias}.tenant = ${words.bind('integer', context.tenant)}`];
  const hops = [{ binding: row, through: undefined, where }];
  const rest = { within: [], type, isArray: false, index: undefined, guards: [] };
  return { hops, at: row, isSet: collection, ...rest };
}

/** A value of a way: as it is where no table lies between, else from a subquery. */
export function selectFrom(way: Way, value: Fragment): Fragment {
  if (way.hops.length > 0) {
    return sql`(SELECT ${value} FROM ${fromOf(way)} WHERE ${whereOf(way)} LIMIT 1)`;
  }
  if (way.guards.length === 0) return value;
  return sql`CASE WHEN ${join(way.guards, ' AND ')} THEN ${value} END`;
}

/** The tables of a way, for a FROM. */
export function fromOf(way: Way): Fragment {
  const tables = way.hops.flatMap(({ binding, through }) => [
    ...(through === undefined ? [] : [raw(through)]),
    tableOf(binding),
  ]);
  return join(tables, ' CROSS JOIN ');
}

/** What joins the tables of a way, and its casts. */
export function whereOf(way: Way): Fragment {
  return join([...way.hops.flatMap(({ where }) => where), ...way.guards], ' AND ');
}

/** A way on to the members of the array at its end. */
export function enterArray(context: Context, way: Way): Way {
  const alias = context.newAlias();
  const json = context.words.inside(way.at.place, way.within);
  const type = way.type?.kind === 'entity' ? undefined : way.type;
  const origin = way.at.kind === 'row' ? { row: way.at, within: way.within } : undefined;
  const binding = new ElementBinding(context.words, { alias, json, type, origin });
  const where = [...way.guards, raw(context.words.elementGuard(alias))];
  const hops = [...way.hops, { binding, through: undefined, where }];
  const rest = { within: [], isArray: false, isSet: false, index: undefined, guards: [] };
  return { hops, at: binding, type, ...rest };
}

function take(context: Context, way: Way, step: PathStep): Way[] {
  switch (step.kind) {
    case 'property':
      return [intoProperty(way, step.property)];
    case 'dynamic':
      return [{ ...way, within: [...way.within, checkName(step.name)], type: undefined }];
    case 'cast':
      return castTo(context, way, step.type);
    case 'key':
      return [pickKey(context, way, step.value)];
    case 'navigation':
      return navigate(context, way, step.navigation);
    case 'resource':
      throw new Error('A set stands at the start of a path.');
  }
}

function intoProperty(way: Way, property: Property): Way {
  const { at, within } = way;
  const isRoot = at.kind === 'row' && within.length === 0;
  const index = isRoot
    ? at.layout?.indexes.find((each) => each.property.name === property.name)
    : undefined;
  return {
    ...way,
    within: [...within, checkName(property.name)],
    type: property.type,
    isArray: property.collection,
    isSet: false,
    index,
  };
}

function intoValue(way: Way, { name, target, collection }: Navigation): Way {
  const within = [...way.within, checkName(name)];
  return { ...way, within, type: target, isArray: collection, isSet: false, index: undefined };
}

function castTo(context: Context, way: Way, type: StructuredType): Way[] {
  const declared = way.type;
  const cast = { ...way, type: type as EntityType };
  if (declared && declared.kind !== 'enum' && declared.kind !== 'primitive') {
    if (isNamedKind(declared, type.name)) return [cast];
  }
  if (way.at.kind === 'row' && way.within.length === 0) {
    // What a set holds is of its own type or derived from it, whatever the navigation says.
    const { layout } = way.at;
    if (layout && isNamedKind(layout.type, type.name)) return [cast];
    const names = namesOf(context.model, type.name);
    if (layout && !names.some((name) => isDerivedName(context, name, layout))) return [];
  }
  const guard = typeGuard(context, way.at.place, way.within, type.name);
  if (!way.isArray) return [{ ...cast, guards: [...way.guards, guard] }];
  throw new Refusal('notImplemented', 'A cast of a collection inside an entity is not supported.');
}

function isDerivedName(context: Context, name: string, layout: SetLayout): boolean {
  const type = context.model.types.get(name);
  return type !== undefined && type.kind !== 'enum' && isNamedKind(type, layout.type.name);
}

function pickKey(context: Context, way: Way, value: string): Way {
  const { at } = way;
  if (at.kind !== 'row' || !way.isSet) throw new Error('A key has to follow a navigation.');
  const { words } = context;
  const guard = at.layout
    ? sql`${at.alias}.id = ${words.bind('text', value)}`
    : sql`${at.alias}.key = ${at.keyPrefix}${words.bind('text', joinKeys([value]))}`;
  return { ...way, isSet: false, guards: [...way.guards, guard] };
}

function navigate(context: Context, way: Way, navigation: Navigation): Way[] {
  const { at } = way;
  // A value that comes from whoever asks holds what is worked out behind its navigations.
  if (at.kind !== 'row' && navigation.derived) return [intoValue(way, navigation)];
  if (at.kind !== 'row' && at.kept) {
    return navigate(context, enterKept(context, way, at.kept), navigation);
  }
  const isOwn = !navigation.contains && !way.isArray;
  const row = at.kind === 'row' ? at : at.origin?.row;
  const isValue = at.kind !== 'row' || way.within.length > 0;
  if (!row || (isValue && !isOwn)) {
    const which = `The navigation '${navigation.name}' of a complex value`;
    const message = `${which} is not followed in a query.`;
    throw new Refusal('notImplemented', message, { target: navigation.name });
  }
  if (navigation.contains && !navigation.derived) return [intoPart(context, way, row, navigation)];
  const isInside = row.path !== '' || isValue;
  const isFar = navigation.transitive || navigation.derived;
  if (isFar || navigation.relation === undefined || (navigation.inverse && isInside)) {
    const message = `The navigation '${navigation.name}' is not followed in a query.`;
    throw new Refusal('notImplemented', message, { target: navigation.name });
  }
  return setsOf(context, navigation.target).map((layout) =>
    alongRelation(context, way, navigation, layout),
  );
}

/** The row in which a given entity is kept, for what it leads to. */
function enterKept(context: Context, way: Way, { set, owner, path, key }: Address): Way {
  const { words } = context;
  const alias = context.newAlias();
  const type = (way.at.type ?? way.type) as EntityType;
  const isRoot = path === '';
  const layout = isRoot ? context.layouts.get(set) : undefined;
  const keys = isRoot ? 0 : splitKeys(key).length;
  const row = new RowBinding(words, { alias, type, layout, path, keys });
  const where = [
    sql`${alias}.tenant = ${words.bind('integer', context.tenant)}`,
    sql`${row.owner} = ${words.bind('integer', owner)}`,
  ];
  if (!isRoot) {
    where.push(
      sql`${alias}.path = ${words.bind('text', path)}`,
      sql`${alias}.key = ${words.bind('text', key)}`,
    );
  }
  return { ...way, at: row, hops: [...way.hops, { binding: row, through: undefined, where }] };
}

function intoPart(context: Context, way: Way, at: RowBinding, navigation: Navigation): Way {
  const { words } = context;
  const alias = context.newAlias();
  const steps = at.path === '' ? [] : at.path.split('/');
  for (const part of navigation.storedAs.split('/')) {
    if (part === '..') steps.pop();
    else steps.push(part);
  }
  const path = steps.join('/');
  const goesUp = navigation.storedAs.startsWith('..');
  const isKeyed = navigation.collection && navigation.storedAs === navigation.name;
  const keys = (goesUp ? 0 : at.keys) + (isKeyed ? 1 : 0);
  const isBelow = at.keys > 0 && !goesUp;
  const keyPrefix = isBelow ? `${at.alias}.key || '/' || ` : '';
  const part = new RowBinding(words, { alias, type: navigation.target, path, keys, keyPrefix });
  const where = [
    raw(`${alias}.tenant = ${at.alias}.tenant AND ${alias}.owner = ${at.owner}`),
    sql`${alias}.path = ${words.bind('text', path)}`,
  ];
  if (isBelow) {
    // Below one entity of a collection: its keys come first.
    const parent = `${at.alias}.key`;
    where.push(
      raw(
        isKeyed
          ? `${alias}.key > ${parent} || '/' AND ${alias}.key < ${parent} || '0'`
          : `${alias}.key = ${parent}`,
      ),
    );
  }
  const hops = [
    ...way.hops,
    { binding: part, through: undefined, where: [...way.guards, ...where] },
  ];
  return arrive(hops, part, navigation);
}

function alongRelation(context: Context, way: Way, navigation: Navigation, layout: SetLayout): Way {
  const { words } = context;
  const [link, alias] = [context.newAlias(), context.newAlias()];
  const [from, to] = navigation.inverse ? ['target', 'source'] : ['source', 'target'];
  const at = rowOf(way);
  const row = new RowBinding(words, { alias, type: navigation.target, layout });
  const where = [
    ...way.guards,
    raw(`${link}.tenant = ${at.alias}.tenant AND ${link}.${from} = ${at.owner}`),
    sql`${link}.relation = ${relationOf(context, way, navigation)}`,
    raw(`${alias}.num = ${link}.${to} AND ${alias}.tenant = ${link}.tenant`),
  ];
  const names = namesOf(context.model, navigation.target.name);
  if (!isNamedKind(layout.type, navigation.target.name)) {
    where.push(typeGuard(context, row.place, [], names[0]!));
  }
  const hops = [...way.hops, { binding: row, through: `kith_link ${link}`, where }];
  return arrive(hops, row, navigation);
}

function rowOf({ at }: Way): RowBinding {
  const row = at.kind === 'row' ? at : at.origin?.row;
  if (row) return row;
  throw new Error('Only what lies in a row has relations.');
}

/**
 * The relation of one row: that of a contained entity has its place in its name, that of a value
 * in a collection the value's place there.
 */
function relationOf({ words }: Context, way: Way, navigation: Navigation): Fragment {
  const { path, keys, alias } = rowOf(way);
  const place = (within: readonly string[]) =>
    relationAt(navigation.relation!, { path, key: '' }, within);
  const key = keys > 0 ? sql` || ${words.bind('text', '#')} || ${raw(`${alias}.key`)}` : raw('');
  if (way.at.kind === 'row') return sql`${words.bind('text', place(way.within))}${key}`;
  const { within } = way.at.origin!;
  const ordinal = sql`CAST(${words.ordinal(way.at.alias)} AS text)`;
  const rest = way.within.length > 0 ? `/${way.within.join('/')}` : '';
  const behind = rest === '' ? raw('') : sql` || ${words.bind('text', rest)}`;
  return sql`${words.bind('text', `${place(within)}/`)} || ${ordinal}${behind}${key}`;
}

function arrive(hops: readonly Hop[], at: RowBinding, navigation: Navigation): Way {
  return {
    hops,
    at,
    within: [],
    type: navigation.target,
    isArray: false,
    isSet: navigation.collection,
    index: undefined,
    guards: [],
  };
}

/** The sets whose entities are of the type: those of its kind, and those of a type above it. */
export function setsOf(context: Context, type: EntityType): SetLayout[] {
  return [...context.layouts.values()].filter(
    ({ type: held, isApart }) =>
      !isApart && (isNamedKind(held, type.name) || isNamedKind(type, held.name)),
  );
}

function checkName(name: string): string {
  if (NAME.test(name)) return name;
  throw new Refusal('badRequest', `'${name}' cannot be the name of a property.`, { target: name });
}
