import { findType, isKindOf, type Model } from '#model/model.ts';
import type { Addressed, Target } from '#plan/target.ts';
import { parseRelativeUrl } from './language/parse-url.ts';
import type { ResourcePathSyntax } from './language/paths/syntax.ts';
import { AddressBinder } from './paths/bind-address.ts';
import { noOptions, type PathOptions } from './paths/path-options.ts';
import { malformedSegment, segmentNotServed, unknownSegment } from './paths/refuse-segment.ts';

export type { PathOptions };

/**
 * Resolves a path against the model of one root (OData URL Conventions 4.01, section 4) to
 * something stored. A key stands in parentheses or as segments of its own. Refuses the first
 * segment that leads nowhere, with 501 what OData has and is not served, and calls of operations.
 */
export function bindPath(model: Model, segments: ResourcePathSyntax): Target {
  const addressed = bindAddress(model, segments);
  if (!('operation' in addressed)) return addressed;
  throw segmentNotServed(addressed.operation.name);
}

/** As `bindPath`, for a request, which may also call operations and say what aliases stand for. */
export function bindAddress(
  model: Model,
  segments: ResourcePathSyntax,
  request: PathOptions = noOptions,
): Addressed {
  const [first, cast] = segments;
  if (first?.kind === 'system' && first.name === '$entity') {
    return bindEntityId(model, request, cast?.text);
  }
  return new AddressBinder(model, request).bind(segments);
}

/** The entity that `$id` names, perhaps as a derived type (URL Conventions 4.01, section 4.4). */
function bindEntityId(model: Model, request: PathOptions, cast: string | undefined): Addressed {
  const id = request.options()?.$id;
  if (id === undefined) throw malformedSegment('$entity', "The option '$id' is missing.");
  const { path } = parseRelativeUrl(relativeTo(model, request.serviceRoot, id));
  const target = bindPath(model, path);
  if (target.collection || target.ending.kind !== 'entities') {
    throw malformedSegment('$entity', "The option '$id' has to name one entity.");
  }
  if (cast === undefined) return target;
  const type = findType(model, cast);
  if (type?.kind !== 'entity' || !isKindOf(type, target.type)) throw unknownSegment(model, cast);
  const { steps, template } = target;
  return {
    ...target,
    type,
    steps: [...steps, { kind: 'cast', type }],
    template: `${template}/${type.name}`,
  };
}

function relativeTo(model: Model, serviceRoot: string | undefined, id: string): string {
  if (!/^[a-z][a-z\d+.-]*:/i.test(id)) return id.replace(/^\//, '');
  if (serviceRoot !== undefined && id.startsWith(`${serviceRoot}/`)) {
    return id.slice(serviceRoot.length + 1);
  }
  throw unknownSegment(model, id);
}
