import { newId } from '#ids.ts';
import { encodeLines, encodeMessage } from '../encode-message.ts';
import { type BatchAnswer, hasSucceeded } from './batch-item.ts';
import type { UnitOutcome } from './run-batch.ts';

const LINE_END = '\r\n';

/**
 * A batch response as multipart/mixed, its parts as those of the request (OData Protocol 4.01,
 * section 11.7.7.5): a change set is multipart itself, unless it failed; then one answer stands
 * for all its requests. Gives the media type with the boundary, and the bytes.
 */
export function encodeMultipartBatch(outcomes: readonly UnitOutcome[]): {
  mediaType: string;
  body: Buffer;
} {
  return encodeParts(outcomes.map(encodeOutcome), 'batchresponse');
}

function encodeOutcome({ unit, answers }: UnitOutcome): Buffer {
  if (unit.group === undefined) return encodeAnswer(answers[0]!);
  // The others of its change set failed only because it did.
  const failed = answers.filter((answer) => !hasSucceeded(answer));
  const cause = failed.find(({ status }) => status !== 424) ?? failed[0];
  if (cause) return encodeAnswer(cause);
  const { mediaType, body } = encodeParts(answers.map(encodeAnswer), 'changesetresponse');
  const head = ['Content-Type: ', mediaType, LINE_END, LINE_END];
  return Buffer.concat([Buffer.from(head.join('')), body]);
}

function encodeParts(parts: readonly Buffer[], name: string): { mediaType: string; body: Buffer } {
  const boundary = `${name}_${newId()}`;
  const delimiter = Buffer.from(`--${boundary}${LINE_END}`);
  const lineEnd = Buffer.from(LINE_END);
  const pieces = parts.flatMap((part) => [delimiter, part, lineEnd]);
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--${LINE_END}`)]);
  return { mediaType: `multipart/mixed; boundary=${boundary}`, body };
}

function encodeAnswer(answer: BatchAnswer): Buffer {
  const { id } = answer.item;
  const head = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(id === undefined ? [] : [`Content-ID: ${id}`]),
    '',
  ];
  return Buffer.concat([encodeLines(head), encodeMessage(answer)]);
}
