import { Refusal } from '#errors.ts';
import {
  findType,
  isKindOf,
  type Model,
  type Navigation,
  type StructuredType,
} from '#model/model.ts';
import type { LinkEntry, Reference } from '#plan/change.ts';
import type { Draft, Held } from './draft.ts';
import { connect, disconnect, isRelated, relatedTo } from './relate.ts';

/**
 * Adds or deletes one link, as an entry of a delta payload says (OData JSON 4.01, sections 15.4 and
 * 15.5). What is not linked needs no deleting. Refuses with 400 a relation that the source has not,
 * that is contained, or that its set does not let change.
 */
export async function changeLink(draft: Draft, entry: LinkEntry): Promise<void> {
  const { model } = draft.options;
  const { isAdded, target } = entry;
  const source = await draft.findNamed(entry.source, typeOf(entry.source));
  const { navigation, inside } = followWay(model, source, entry.way);
  checkUpdatable(model, source, entry.way);
  const owner = inside.length > 0 ? { ...source, inside } : source;
  if (target) {
    const other = await draft.findNamed(target, navigation.target);
    if (isAdded) await connect(draft, owner, navigation, other);
    else if (await isRelated(draft, owner, navigation, other)) {
      await disconnect(draft, owner, navigation, other);
    }
    return;
  }
  if (navigation.collection) throw refuse(entry.way, 'has several targets: name one of them.');
  for (const each of await relatedTo(draft, owner, navigation)) {
    await disconnect(draft, owner, navigation, each);
  }
}

function typeOf(reference: Reference) {
  return reference.kind === 'target' ? reference.target.type : reference.type;
}

/** The navigation at the end of a way, and the complex properties that lead to it. */
function followWay(
  model: Model,
  { type: start, members }: Held,
  way: readonly string[],
): { readonly navigation: Navigation; readonly inside: readonly string[] } {
  let type: StructuredType = start;
  const inside: string[] = [];
  for (const [index, name] of way.entries()) {
    const navigation = type.navigation.get(name);
    if (navigation && index === way.length - 1) {
      if (navigation.contains) throw refuse(way, 'contains its entities, which are not linked.');
      return { navigation, inside };
    }
    const property = type.properties.get(name);
    const cast = name.includes('.') ? findType(model, name) : undefined;
    if (cast && cast.kind !== 'enum' && isKindOf(type, cast)) continue;
    if (cast?.kind === 'complex' && isKindOf(cast, type)) type = cast;
    else if (property?.type.kind === 'complex' && !property.collection) {
      type = property.type;
      inside.push(name);
    } else break;
  }
  if (inside.length > 0 && members[inside[0]!] === null) throw refuse(way, 'leads from nothing.');
  throw refuse(way, `is no navigation of '${start.name}'.`);
}

function checkUpdatable({ resources }: Model, { address }: Held, way: readonly string[]): void {
  const { updatable, nonUpdatable } = resources.get(address.set)!.capabilities;
  if (!updatable || nonUpdatable.has(way.join('/'))) throw refuse(way, 'cannot be changed.');
}

function refuse(way: readonly string[], reason: string): Refusal {
  const name = way.join('/');
  return new Refusal('badRequest', `The relationship '${name}' ${reason}`, { target: name });
}
