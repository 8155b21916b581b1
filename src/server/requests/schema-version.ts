import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { CORE } from '#model/schema-annotations.ts';
import { decodeQueryPart } from '#odata/language/encoded-text.ts';
import type { ServiceRequest } from '../service-request.ts';

/** `$schemaversion` among the options, with or without `$`, in any case. */
const OPTION = /(?:^|&)(?:\$|%24)?schemaversion=([^&]*)/i;

/**
 * Refuses with 404 a request for a version of the schema that none of the model's has
 * (Core.SchemaVersion); `*` is whatever there is (OData Protocol 4.01, section 11.2.12).
 */
export function checkSchemaVersion({ query }: ServiceRequest, { schemas }: Model): void {
  const written = query === '' ? undefined : OPTION.exec(query)?.[1];
  if (written === undefined) return;
  const target = '$schemaversion';
  const version = decodeQueryPart(written, target).text;
  const published = schemas.map(({ annotations }) => annotations?.[`${CORE}.SchemaVersion`]);
  if (version === '*' || published.includes(version)) return;
  throw new Refusal('notFound', `The schema has no version '${version}'.`, { target });
}
