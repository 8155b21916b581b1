import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { RelatedEntry } from '#plan/change.ts';
import { decodeChange } from './decode-change.ts';
import { decodeEntry } from './decode-related.ts';

const CONTEXTS = ['@context', '@odata.context'] as const;

/**
 * What a delta payload asks of a collection of entities (OData Protocol 4.01, section 11.4.13;
 * OData JSON 4.01, section 15): what is added or changed, and, with `@removed`, taken away. Refuses
 * with 400 what is no delta payload, and with 501 links that stand on their own.
 */
export function decodeDelta(
  model: Model,
  type: EntityType,
  body: unknown,
): readonly RelatedEntry[] {
  const { value } = (body ?? {}) as { value?: unknown };
  if (!/(^|#)\$delta$/.test(contextOf(body) ?? '') || !Array.isArray(value)) {
    const message =
      "A collection takes a delta payload: '@context' is '#$delta', 'value' an array.";
    throw new Refusal('malformedRequest', message, { target: '@context' });
  }
  return value.map((each: unknown, index) => {
    const path = `value/${index}`;
    if (/\/\$(link|deletedLink)$/.test(contextOf(each) ?? '')) {
      const message = 'Links in a delta payload are not served; nest or bind what is related.';
      throw new Refusal('notImplemented', message, { target: path });
    }
    const position = { path, resource: type.name, depth: 0 };
    const decode = (entity: object) => decodeChange(model, type, entity);
    return decodeEntry('delta', each, { model, position, decode });
  });
}

function contextOf(body: unknown): string | undefined {
  const members = (body ?? {}) as Readonly<Record<string, unknown>>;
  const written = CONTEXTS.map((name) => members[name]).find((each) => typeof each === 'string');
  return written as string | undefined;
}
