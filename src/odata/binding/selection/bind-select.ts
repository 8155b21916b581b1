import { mayHave, type Property, type StructuredType } from '#model/model.ts';
import type { CollectionQuery } from '#plan/query.ts';
import type { OptionsSyntax, SelectItemSyntax } from '../../language/options/syntax.ts';
import { bindCollectionQuery } from '../bind-collection-query.ts';
import { bindCompute } from '../bind-compute.ts';
import { checkCast } from '../paths/check-cast.ts';
import {
  findAmongDerived,
  findDeclared,
  findMember,
  findMemberInAnyCase,
  refuseMember,
} from '../paths/find-member.ts';
import { findNamedType, isOperation } from '../paths/find-named-type.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import type { ChosenMembers } from './chosen-members.ts';
import { findForCollection, refuseForSingle } from './for-collections.ts';
import { enter, type Level, parsingFailed } from './level.ts';

type PathItem = SelectItemSyntax & { readonly kind: 'path' };
type NameStep = PathItem['steps'][number] & { readonly kind: 'name' };

/** Where an item has come to: what it chooses from, and the type as it is cast. */
interface Way {
  readonly into: ChosenMembers;
  readonly type: StructuredType;
}

/** Adds what one item of `$select` chooses (OData URL Conventions 4.01, section 5.1.4). */
export function bindSelectItem(level: Level, into: ChosenMembers, item: SelectItemSyntax): void {
  if (item.kind === 'all') into.isAll = true;
  // Operations of a namespace are shown as what can be called; answers name none.
  if (item.kind !== 'path') return;
  const last = item.steps.length - 1;
  let way: Way = { into, type: into.type };
  for (const [index, step] of item.steps.entries()) {
    if (step.kind !== 'name') {
      throw notServedAt(placeOf(level, step.at), 'Annotations are not selected.');
    }
    if (index < last) way = followStep(level, way, step);
    else endItem(level, way, item, step);
  }
}

function placeOf({ option = '$select' }: Level, at: number): Place {
  return { option, at };
}

/** A step with others behind it: a cast or a complex property. */
function followStep(level: Level, { into, type }: Way, step: NameStep): Way {
  const place = placeOf(level, step.at);
  const member = findDeclared(type, step.name);
  if (member?.kind === 'property') {
    const { property } = member;
    if (property.type.kind === 'complex') {
      return { into: into.inside(property, type), type: property.type };
    }
    const message = `The property '${step.name}' has no members to select.`;
    throw refusalAt(place, parsingFailed + message, { target: step.name });
  }
  if (member) {
    const message =
      `The members of the navigation '${step.name}' are selected ` +
      `by $expand=${step.name}($select=...).`;
    throw refusalAt(place, parsingFailed + message, { target: step.name });
  }
  const cast = findNamedType(level.model, step.name);
  if (cast?.kind === 'entity' || cast?.kind === 'complex') {
    checkCast(place, type, cast, parsingFailed);
    return { into, type: cast };
  }
  if (!step.name.includes('.') && mayHave(type, step.name)) {
    throw notServedAt(place, 'Members of dynamic properties are not selected on their own.');
  }
  throw refuseMember(place, type, step.name, parsingFailed);
}

/** The last step of an item. */
function endItem(level: Level, way: Way, item: PathItem, step: NameStep): void {
  const { into, type } = way;
  const { name, at } = step;
  const place = placeOf(level, at);
  const isPlain = !name.includes('.') && !item.parameters;
  const exact = isPlain ? findMember(type, name) : undefined;
  if (!exact && isPlain && into.computed.some(({ alias }) => alias === name)) {
    into.aliases.add(name);
    refuseOptions(place, item.options, name);
    return;
  }
  const member = exact ?? (isPlain ? findMemberInAnyCase(type, name) : undefined);
  const derived = member || !isPlain ? undefined : findAmongDerived(level.model, type, name);
  if (derived) chooseProperty(level, { into, type: into.type }, derived, item);
  else if (member?.kind === 'property') {
    chooseProperty(level, way, member.property, item);
  } else if (member) {
    into.links.add(member.navigation);
    refuseOptions(place, item.options, name);
  } else if (!isOperation(level.model, name)) {
    // What can be called is chosen without being shown.
    if (!isPlain || !mayHave(type, name)) throw refuseMember(place, type, name, parsingFailed);
    into.undeclared.add(name);
    refuseOptions(place, item.options, name);
  }
}

function refuseOptions(place: Place, options: OptionsSyntax | undefined, name: string): void {
  if (!options) return;
  throw refusalAt(place, `'${name}' takes no options in $select.`, { target: name });
}

function chooseProperty(
  level: Level,
  { into, type }: Way,
  property: Property,
  item: PathItem,
): void {
  const place = placeOf(level, item.at);
  const chosen = into.choose(property, type);
  const { options } = item;
  if (!options) {
    chosen.isWhole = true;
    return;
  }
  if (chosen.hasOptions) {
    const message = `The options of '${property.name}' stand in more than one place.`;
    throw refusalAt(place, message, { target: property.name });
  }
  chosen.hasOptions = true;
  const nested = enter(level, '$select', options);
  chosen.query = bindMembers(nested, property, options, place);
  if (property.type.kind !== 'complex') {
    if (options.$select || options.$compute) refuseOptions(place, options, property.name);
    chosen.isWhole = true;
    return;
  }
  const computed = options.$compute
    ? bindCompute({ ...nested, type: property.type, syntax: options.$compute, isNested: true })
    : [];
  if (!options.$select) {
    chosen.isWhole = true;
    chosen.computed = computed;
    return;
  }
  const inside = into.inside(property, type, computed);
  for (const each of options.$select) bindSelectItem(nested, inside, each);
}

/** Which members of a collection are shown; undefined where no option says so. */
function bindMembers(
  level: Level,
  property: Property,
  options: OptionsSyntax,
  place: Place,
): CollectionQuery | undefined {
  const name = findForCollection(options);
  if (name === undefined) return undefined;
  if (!property.collection) throw refuseForSingle(place, property.name, name);
  const { model, aliases } = level;
  return bindCollectionQuery({
    ...{ model, aliases, options, type: property.type, nestedIn: place },
    pageSize: Number.MAX_SAFE_INTEGER,
  });
}
