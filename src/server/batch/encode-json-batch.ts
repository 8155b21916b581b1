import type { BatchAnswer } from './batch-item.ts';
import { bodyKind } from './body-kind.ts';
import type { UnitOutcome } from './run-batch.ts';

/**
 * The JSON text of a batch response: `{responses: [{id, atomicityGroup?, status, headers, body?}]}`
 * (OData JSON 4.01, section 19.6). Header names are spelled as over HTTP, which clients rely on. A
 * body is JSON, a text, or base64 by its media type; where there is none, there is no member.
 */
export function encodeJsonBatch(outcomes: readonly UnitOutcome[]): string {
  const answers = outcomes.flatMap(({ unit, answers }) =>
    answers.map((answer) => encodeAnswer(answer, unit.group)),
  );
  return `{"responses":[${answers.join(',')}]}`;
}

function encodeAnswer({ item, status, headers, body }: BatchAnswer, group?: string): string {
  const head = {
    id: item.id,
    ...(group === undefined ? {} : { atomicityGroup: group }),
    status,
    headers,
  };
  const text = JSON.stringify(head);
  if (body === undefined) return text;
  return `${text.slice(0, -1)},"body":${encodeBody(body, headers['Content-Type'] ?? '')}}`;
}

function encodeBody(body: string | Uint8Array, type: string): string {
  const bytes = Buffer.from(body);
  const kind = bodyKind(type);
  if (kind === 'json') return bytes.toString('utf8');
  return JSON.stringify(bytes.toString(kind === 'text' ? 'utf8' : 'base64'));
}
