import { formatInstant } from '#clock.ts';
import type { EntityType } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import type { FoundEntity } from '#plan/store.ts';

/** How long what has been deleted can be restored, as Graph says. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The filter that something has been deleted in the last 30 days. */
export function isKept(type: EntityType, now: number): Expression {
  const property = type.properties.get('deletedDateTime')!;
  return compareProperty([property], 'ge', formatInstant(now - KEPT_MS));
}

/** Whether what has been deleted has been gone for too long. */
export function isExpired({ text }: FoundEntity, now: number): boolean {
  const { deletedDateTime } = JSON.parse(text) as Document;
  return Date.parse(String(deletedDateTime)) < now - KEPT_MS;
}
