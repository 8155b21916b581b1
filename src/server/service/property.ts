import { readEntity } from '#engine/read.ts';
import { encodeProperty } from '#odata/encode-entity.ts';
import type { Caller } from '#plan/caller.ts';
import { type Document, selectMembers, type Value } from '#plan/document.ts';
import type { ReadPlan } from '#plan/request.ts';
import type { Ending, Target } from '#plan/target.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { encodingOf, JSON_CONTENT } from './answer.ts';

/**
 * Answers a GET of one property, as JSON or, behind `$value`, as text; null is 204 (OData Protocol
 * 4.01, section 11.2.4).
 */
export async function answerProperty(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const { path, isRaw } = target.ending as Extract<Ending, { kind: 'property' }>;
  const [first, ...rest] = path;
  const plan: ReadPlan = {
    model: parts.models.get(request.root)!,
    target,
    languages: headerOf(request, 'accept-language'),
    selection: { properties: [{ property: first!, inside: undefined }], expand: [], compute: [] },
  };
  const answer = await readEntity(plan, caller, parts);
  const { content } = answer;
  const members = content.kind === 'members' ? content.members : {};
  let value: Value | undefined = selectMembers(answer.actualType, members, [first!.name])[
    first!.name
  ];
  for (const { name } of rest) value = (value as Document | null)?.[name] ?? null;
  if (value === null || value === undefined) return { status: 204, headers: {}, body: undefined };
  if (isRaw) {
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain;charset=utf-8' },
      body: String(value),
    };
  }
  const context = `${answer.path}/${path.map(({ name }) => name).join('/')}`;
  const body = encodeProperty({ context, value }, encodingOf(request, parts, false));
  return { status: 200, headers: { 'Content-Type': JSON_CONTENT }, body };
}
