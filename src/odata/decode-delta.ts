import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { DeltaEntry, LinkEntry, RelatedEntry } from '#plan/change.ts';
import { decodeTagged } from './decode-change.ts';
import { decodeReference } from './decode-reference.ts';
import { decodeEntry } from './decode-related.ts';

const CONTEXTS = ['@context', '@odata.context'] as const;
const LINK = /(?:^|[#/])\$(link|deletedLink)$/;

/**
 * What a delta payload asks of a collection of entities (OData Protocol 4.01, section 11.4.13;
 * OData JSON 4.01, section 15): what is added or changed, and, with `@removed`, taken away, and
 * which links are added or deleted on their own. Refuses with 400 what is no delta payload.
 */
export function decodeDelta(model: Model, type: EntityType, body: unknown): readonly DeltaEntry[] {
  const { value } = (body ?? {}) as { value?: unknown };
  if (!/(^|#)\$delta$/.test(contextOf(body) ?? '') || !Array.isArray(value)) {
    const message =
      "A collection takes a delta payload: '@context' is '#$delta', 'value' an array.";
    throw new Refusal('malformedRequest', message, { target: '@context' });
  }
  return value.map((each: unknown, index) => {
    const path = `value/${index}`;
    const [, kind] = LINK.exec(contextOf(each) ?? '') ?? [];
    if (kind !== undefined) return decodeLink(model, each as object, { kind, path });
    return decodeMember('delta', each, { model, type, path });
  });
}

/**
 * All that a collection is to have (OData Protocol 4.01, section 11.4.14). Refuses with 400 what is
 * no collection.
 */
export function decodeMembers(
  model: Model,
  type: EntityType,
  body: unknown,
): readonly RelatedEntry[] {
  const { value } = (body ?? {}) as { value?: unknown };
  if (!Array.isArray(value)) {
    const message = "A collection is replaced by an object whose 'value' is an array of entities.";
    throw new Refusal('malformedRequest', message, { target: 'value' });
  }
  return value.map((each: unknown, index) =>
    decodeMember('nested', each, { model, type, path: `value/${index}` }),
  );
}

function decodeMember(
  kind: 'delta' | 'nested',
  value: unknown,
  {
    model,
    type,
    path,
  }: { readonly model: Model; readonly type: EntityType; readonly path: string },
): RelatedEntry {
  const position = { path, resource: type.name, depth: 0 };
  const decode = (entity: object) => decodeTagged(model, type, entity);
  return decodeEntry(kind, value, { model, position, decode });
}

/** `{"@context":"#Set/$link","source":...,"relationship":...,"target":...}`. */
function decodeLink(
  model: Model,
  entry: object,
  { kind, path }: { readonly kind: string; readonly path: string },
): LinkEntry {
  const { source, relationship, target } = entry as Readonly<Record<string, unknown>>;
  if (typeof relationship !== 'string' || relationship === '') {
    const message = `'${path}/relationship' must be the name of a navigation property.`;
    throw new Refusal('malformedRequest', message, { target: path });
  }
  const isAdded = kind === 'link';
  const isOpen = !isAdded && (target === undefined || target === null);
  return {
    kind: 'link',
    isAdded,
    source: decodeReference(model, source, `${path}/source`),
    way: relationship.split('/'),
    target: isOpen ? undefined : decodeReference(model, target, `${path}/target`),
  };
}

function contextOf(body: unknown): string | undefined {
  const members = (body ?? {}) as Readonly<Record<string, unknown>>;
  const written = CONTEXTS.map((name) => members[name]).find((each) => typeof each === 'string');
  return written as string | undefined;
}
