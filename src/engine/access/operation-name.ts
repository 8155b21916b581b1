import { localName } from '#model/model.ts';
import { findPermissions } from '#model/permissions.ts';
import type { Addressed, CallTarget, Target } from '#plan/target.ts';

/**
 * The name under which permissions for a request are declared. Properties are read and written with
 * their entity, unless they are declared apart; references and bytes are written by operations of
 * their own. A cast needs no more than what is cast, unless it is declared itself, and calls are
 * named without a namespace.
 */
export function operationOf(method: string, target: Addressed): string {
  if ('operation' in target) return callOf(target);
  const { ending } = target;
  const template = withoutCasts(target);
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && template !== target.template) {
    const cast = `GET ${target.template}`;
    if (findPermissions(cast)) return cast;
  }
  if (ending.kind === 'property') {
    const verb = isRead ? 'GET' : 'PATCH';
    const apart = `${verb} ${template}/${ending.path[0]!.name}`;
    return findPermissions(apart) ? apart : `${verb} ${template}`;
  }
  if (isRead) return `GET ${template}`;
  if (ending.kind === 'references') return `${method} ${template}/$ref`;
  if (ending.kind !== 'media') return `${method} ${template}`;
  return ending.property ? `PATCH ${template}` : `${method} ${template}/$value`;
}

function callOf({ operation, binding, template }: CallTarget): string {
  const verb = operation.kind === 'action' ? 'POST' : 'GET';
  if (!binding) return `${verb} ${template}`;
  const path = 'operation' in binding ? binding.template : withoutCasts(binding);
  return `${verb} ${path}/${localName(operation.name)}`;
}

function withoutCasts({ template, steps }: Target): string {
  let casts: Set<string> | undefined;
  for (const step of steps) {
    if (step.kind === 'cast') casts = (casts ?? new Set()).add(step.type.name);
  }
  if (!casts) return template;
  const segments = template.split('/');
  return segments.filter((segment) => !casts.has(segment)).join('/');
}
