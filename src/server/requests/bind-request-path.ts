import type { Model } from '#model/model.ts';
import { bindAddress } from '#odata/bind-path.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import type { Addressed, Step, Target } from '#plan/target.ts';
import type { ServiceRequest } from '../service-request.ts';
import { parseOptions } from './bind-request.ts';

const GUIDS = /(?<=\/)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/|$)/g;
/** Stands in a shape for any guid. */
const SOME_GUID = '00000000-0000-0000-0000-000000000000';
/** A path whose meaning depends on nothing but its segments and the model. */
const PLAIN = /^(?:\/(?:[\w.-]+|\$count|\$ref|\$value))*\/?$/;
/** Shapes remembered for each model. */
const SHAPES_MAX = 1000;

const shapes = new WeakMap<Model, Map<string, Target>>();

/**
 * Where the path of a request points. Most paths differ in their guids alone: those are parsed and
 * bound once, which spares a twentieth of a short request. Throws what parsing and binding throw.
 */
export function bindRequestPath(request: ServiceRequest, model: Model): Addressed {
  const { root, path, origin } = request;
  const guids: string[] = [];
  const shape = path.replace(GUIDS, (guid) => {
    guids.push(guid);
    return SOME_GUID;
  });
  const known = shapesOf(model).get(shape);
  if (known) return withKeys(known, guids);
  const bound = bindAddress(model, parseResourcePath(path), {
    options: () => parseOptions(request),
    serviceRoot: `${origin}/${root}`,
  });
  if (!('operation' in bound) && PLAIN.test(path)) remember(model, shape, bound, guids);
  return bound;
}

function shapesOf(model: Model): Map<string, Target> {
  const known = shapes.get(model) ?? new Map<string, Target>();
  shapes.set(model, known);
  return known;
}

/** Remembers a target whose guids are its keys, in their order, and nothing else. */
function remember(model: Model, shape: string, target: Target, guids: readonly string[]): void {
  const keys = target.steps.flatMap((step) => (isGuidKey(step, guids) ? [step.value] : []));
  if (keys.join() !== guids.join()) return;
  const known = shapesOf(model);
  if (known.size >= SHAPES_MAX) known.clear();
  const steps = target.steps.map((step) =>
    isGuidKey(step, guids) ? { ...step, value: SOME_GUID } : step,
  );
  known.set(shape, { ...target, steps });
}

function isGuidKey(step: Step, guids: readonly string[]): step is Extract<Step, { kind: 'key' }> {
  if (step.kind !== 'key' || step.alternate || step.filtered) return false;
  return guids.includes(step.value);
}

function withKeys(shape: Target, guids: readonly string[]): Target {
  if (guids.length === 0) return shape;
  let next = 0;
  const steps = shape.steps.map((step) =>
    step.kind === 'key' && step.value === SOME_GUID ? { ...step, value: guids[next++]! } : step,
  );
  return { ...shape, steps };
}
