import { type EntityType, mayHave, type Navigation, type StructuredType } from '#model/model.ts';
import type { PathStep } from '#plan/expression.ts';
import type { OptionStep } from '../../language/options/syntax.ts';
import { checkCast } from '../paths/check-cast.ts';
import { findDeclared, refuseMember } from '../paths/find-member.ts';
import { findNamedType } from '../paths/find-named-type.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { type Level, parsingFailed } from './level.ts';

/** The way to a navigation that is expanded. */
export interface ExpandPath {
  /** Complex properties and casts before it. */
  readonly steps: readonly PathStep[];
  /** The type whose navigation it is. */
  readonly owner: StructuredType;
  readonly navigation: Navigation;
  /** What it leads to, cast where a type stands behind it. */
  readonly type: EntityType;
  /** The whole path in the model's own names, by which it is expanded once. */
  readonly text: string;
  /** The same, without the cast behind the navigation. */
  readonly navigationText: string;
}

/** The steps before a navigation, and the type that they lead to. */
interface ExpandWay {
  readonly steps: PathStep[];
  readonly names: string[];
  type: StructuredType;
}

/** Follows the path of an item to its navigation and the cast behind it. */
export function followExpandPath(
  level: Level,
  type: StructuredType,
  written: readonly OptionStep[],
  place: Place,
): ExpandPath {
  const way: ExpandWay = { steps: [], names: [], type };
  for (const [index, step] of written.entries()) {
    const at = { ...place, at: step.at };
    const navigation = findNavigation(way.type, step);
    if (!navigation) {
      takeStep(level, way, step, at);
      continue;
    }
    const cast = castBehind(level, navigation, written.slice(index + 1), place);
    const names = [...way.names, navigation.name];
    return {
      steps: way.steps,
      owner: way.type,
      navigation,
      type: cast ?? navigation.target,
      text: [...names, ...(cast ? [cast.name] : [])].join('/'),
      navigationText: names.join('/'),
    };
  }
  const message = `${parsingFailed}The path of an expanded item has to lead to a navigation.`;
  throw refusalAt(place, message, { target: way.names.at(-1) ?? place.option });
}

/** Follows steps that lead to no navigation: what stands before `*`. */
export function followSteps(
  level: Level,
  type: StructuredType,
  written: readonly OptionStep[],
  place: Place,
): ExpandWay {
  const way: ExpandWay = { steps: [], names: [], type };
  for (const step of written) {
    const at = { ...place, at: step.at };
    if (findNavigation(way.type, step)) throw refuseBehind(step, at);
    takeStep(level, way, step, at);
  }
  return way;
}

function findNavigation(type: StructuredType, step: OptionStep): Navigation | undefined {
  if (step.kind !== 'name') return undefined;
  const member = findDeclared(type, step.name);
  return member?.kind === 'navigation' ? member.navigation : undefined;
}

/** Follows a complex property or a cast. */
function takeStep(level: Level, way: ExpandWay, step: OptionStep, place: Place): void {
  if (step.kind !== 'name') throw notServedAt(place, 'Annotations are not expanded.');
  const { type } = way;
  const { name } = step;
  const member = findDeclared(type, name);
  if (member?.kind === 'property') {
    const { property } = member;
    if (property.type.kind !== 'complex') throw refuseProperty(place, type, property.name);
    way.steps.push({ kind: 'property', property });
    way.names.push(property.name);
    way.type = property.type;
    return;
  }
  const cast = findNamedType(level.model, name);
  if (cast?.kind === 'entity' || cast?.kind === 'complex') {
    checkCast(place, type, cast, parsingFailed);
    way.steps.push({ kind: 'cast', type: cast });
    way.names.push(cast.name);
    way.type = cast;
    return;
  }
  if (mayHave(type, name) && !name.includes('.')) {
    throw notServedAt(place, 'Navigations that are not declared are not expanded.');
  }
  throw refuseMember(place, type, name, parsingFailed);
}

function castBehind(
  level: Level,
  navigation: Navigation,
  [step, next]: readonly OptionStep[],
  place: Place,
): EntityType | undefined {
  if (!step) return undefined;
  const cast = step.kind === 'name' ? findNamedType(level.model, step.name) : undefined;
  if (cast?.kind !== 'entity') throw refuseBehind(step, { ...place, at: step.at });
  if (next) throw refuseBehind(next, { ...place, at: next.at });
  checkCast({ ...place, at: step.at }, navigation.target, cast, parsingFailed);
  return cast;
}

function refuseBehind(step: OptionStep, place: Place): Error {
  const message =
    'Found a path traversing multiple navigation properties. Please rephrase the query such that ' +
    'each expand path contains only type segments and navigation properties.';
  const target = step.kind === 'name' ? step.name : place.option;
  return refusalAt(place, parsingFailed + message, { target });
}

function refuseProperty(place: Place, type: StructuredType, name: string): Error {
  if (type.properties.get(name)?.type.name === 'Edm.Stream') {
    return notServedAt(place, 'Streams are not expanded.');
  }
  const message =
    `Property '${name}' on type '${type.name}' is not a navigation property or complex property. ` +
    'Only navigation properties can be expanded.';
  return refusalAt(place, parsingFailed + message, { target: name });
}
