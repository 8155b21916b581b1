import { headerOf, type ServiceRequest } from '../service-request.ts';

/** What becomes of a batch behind its first error. */
export interface ErrorPreference {
  readonly continues: boolean;
  /** The header that says so. */
  readonly applied: Readonly<Record<string, string>>;
}

/**
 * Whether the `Prefer` header of a batch asks for the requests behind one that fails, too (OData
 * Protocol 4.01, section 8.2.8.3).
 */
export function errorPreference(request: ServiceRequest): ErrorPreference {
  const continues = continuesOnError(headerOf(request, 'prefer'));
  const applied = continues ? { 'Preference-Applied': 'odata.continue-on-error' } : {};
  return { continues, applied };
}

function continuesOnError(prefer = ''): boolean {
  for (const preference of prefer.split(',')) {
    const [name = '', value = 'true'] = preference.split(';', 1)[0]!.toLowerCase().split('=');
    if (!/^(odata\.)?continue-on-error$/.test(name.trim())) continue;
    return value.trim().replaceAll('"', '') !== 'false';
  }
  return false;
}
