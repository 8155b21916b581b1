import { anyEntity } from '#model/compile-names.ts';
import type { EntityType, Model, Navigation, Resource } from '#model/model.ts';
import type { CrossjoinSegment, SegmentSyntax } from '../language/paths/syntax.ts';
import type { PathSoFar } from './path-so-far.ts';
import { malformedSegment, segmentNotServed, unknownSegment } from './refuse-segment.ts';

/** Sets of one join, at most: each multiplies the combinations. */
const SETS_MAX = 5;

/**
 * Starts a path at what belongs to the service as a whole: `$all`, all entities of its sets and
 * singletons, or `$crossjoin(A,B)`, their combinations (OData URL Conventions 4.01, sections 4.15
 * and 4.16). Only in other models, since permissions say of each set who may read it.
 */
export function startAtService(path: PathSoFar, segment: SegmentSyntax | undefined): void {
  const { model } = path;
  const isCrossjoin = segment?.kind === 'crossjoin';
  const isAll = segment?.kind === 'system' && segment.name === '$all';
  if (!model.isForeign || !(isAll || isCrossjoin)) throw segmentNotServed(segment?.text ?? '');
  const type = isCrossjoin ? combinationOf(model, segment) : anyEntity;
  path.startAt(wholeService(model, segment.text, type));
  if (isCrossjoin) path.ending = { kind: 'combinations' };
}

/** What is read of the whole service, as a collection of no set of its own. */
function wholeService({ container }: Model, name: string, type: EntityType): Resource {
  return {
    name,
    type,
    collection: true,
    nullable: false,
    set: '*',
    path: '',
    reachedBy: name,
    shown: `Collection(${type.name})`,
    isApart: false,
    isDerived: false,
    isCaller: false,
    isForeign: true,
    inServiceDocument: false,
    bindings: new Map(),
    capabilities: container.capabilities,
    annotations: {},
  };
}

/** The type of combinations: each has a navigation to an entity of every set, under its name. */
function combinationOf(model: Model, { sets, text }: CrossjoinSegment): EntityType {
  const navigation = new Map<string, Navigation>();
  for (const { name } of sets) {
    const resource = model.resources.get(name);
    const isSet = resource?.reachedBy === name && resource.collection && resource.path === '';
    if (!isSet) throw unknownSegment(model, name);
    if (!resource.capabilities.readable) throw segmentNotServed(name);
    if (navigation.has(name)) throw malformedSegment(text, `The set '${name}' is named twice.`);
    navigation.set(name, leadTo(resource));
  }
  if (navigation.size > SETS_MAX) {
    throw malformedSegment(text, `At most ${SETS_MAX} sets are joined.`);
  }
  return { ...anyEntity, name: 'Edm.ComplexType', open: false, navigation };
}

function leadTo({ name, type }: Resource): Navigation {
  return {
    name,
    target: type,
    collection: false,
    nullable: false,
    contains: false,
    relation: undefined,
    inverse: false,
    transitive: false,
    derived: false,
    storedAs: name,
    alias: undefined,
    partner: undefined,
    onDelete: undefined,
    constraints: new Map(),
    annotations: {},
  };
}
