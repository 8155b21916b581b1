import { writingInDialects } from '#engine/dialects/in-dialects.ts';
import { updateWithProfiles } from '#engine/profile-writing/writing-profiles.ts';
import type { Written } from '#engine/writing/create.ts';
import { decodeProperty } from '#odata/decode-property.ts';
import { encodeProperty } from '#odata/encode-property.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document, Value } from '#plan/document.ts';
import type { PropertyEnding } from '#plan/target.ts';
import { readJson } from '../read-json.ts';
import { encodingOf, etagOf } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { preferencesOf } from '../requests/format.ts';
import { readBytes } from '../requests/read-bytes.ts';
import { conditionsOf } from '../requests/write-request.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';

const update = writingInDialects(updateWithProfiles);

/**
 * Answers a PUT, PATCH, POST or DELETE of one property with 204, or with its value where that is
 * asked for (OData Protocol 4.01, section 11.4.9).
 */
export async function answerPropertyWrite(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const ending = target.ending as PropertyEnding;
  const plan = {
    model,
    target,
    change: decodeProperty(model, target.type, ending, readBody(request, ending)),
    isWhole: false,
    key: undefined,
    selection: { properties: undefined, expand: [], compute: [] },
    languages: headerOf(request, 'accept-language'),
    ...conditionsOf(request),
  };
  const { answer } = await update(plan, caller, parts);
  const etag = etagOf(answer, parts);
  const { return: wanted } = preferencesOf(request);
  const headers = {
    ...(etag === undefined ? {} : { ETag: etag }),
    ...(wanted === undefined ? {} : { 'Preference-Applied': `return=${wanted}` }),
  };
  const isShown = wanted === 'representation' || (wanted === undefined && isMailbox(asked));
  const value = isShown ? valueAt(answer, ending) : null;
  if (value === null) return { status: 204, headers, body: undefined };
  const { type } = ending.path.at(-1)!;
  const steps = ending.path.map(({ name }) => name);
  const context = formatContext({ kind: 'property', path: answer.path, steps });
  const encoding = encodingOf(request, parts, false);
  const body = encodeProperty({ context, type, value }, encoding);
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': encoding.format.contentType },
    body,
  };
}

/** Graph answers a PATCH of a mailbox's settings with them, and not with nothing. */
function isMailbox({ request, model, target }: Asked): boolean {
  const { path } = target.ending as PropertyEnding;
  return !model.isForeign && request.method === 'PATCH' && path[0]!.name === 'mailboxSettings';
}

function readBody(request: ServiceRequest, { isRaw }: PropertyEnding) {
  if (request.method === 'DELETE') return { kind: 'nothing' } as const;
  if (isRaw) return { kind: 'raw', ...readBytes(request) } as const;
  const method = request.method as 'PUT' | 'PATCH' | 'POST';
  return { kind: 'json', method, body: readJson(request) } as const;
}

function valueAt({ content }: Written['answer'], { path }: PropertyEnding): Value {
  const [first, ...rest] = path;
  let value: Value | undefined;
  if (content.kind === 'members') value = content.members[first!.name];
  else if (content.kind === 'document') value = content.document.read(first!.name);
  for (const { name } of rest) value = (value as Document | null | undefined)?.[name];
  return value ?? null;
}
