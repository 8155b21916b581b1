import type { Model } from '#model/model.ts';
import { controlPrefix, defaultFormat, type JsonFormat } from '../json-format.ts';

interface ServiceElement {
  readonly name: string;
  readonly kind: 'EntitySet' | 'Singleton' | 'FunctionImport';
  readonly url: string;
}

/**
 * The service document: sets, singletons and the function imports that are to be listed, as JSON
 * text (OData JSON 4.01, section 5). `serviceRoot` has no slash at its end.
 */
export function encodeServiceDocument(
  model: Model,
  serviceRoot: string,
  format: JsonFormat = defaultFormat,
): string {
  const value: ServiceElement[] = [];
  for (const { name, collection, inServiceDocument, reachedBy } of model.resources.values()) {
    if (!inServiceDocument || name !== reachedBy) continue;
    value.push({ name, kind: collection ? 'EntitySet' : 'Singleton', url: name });
  }
  for (const { name, kind, inServiceDocument } of model.imports.values()) {
    if (kind === 'action' || !inServiceDocument) continue;
    value.push({ name, kind: 'FunctionImport', url: name });
  }
  const context = { [`${controlPrefix(format)}context`]: `${serviceRoot}/$metadata` };
  return JSON.stringify(format.metadata === 'none' ? { value } : { ...context, value });
}
