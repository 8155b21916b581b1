/** The system query options (OData URL Conventions 4.01, section 5.1; aggregation; temporal). */
const names = [
  '$apply',
  '$at',
  '$compute',
  '$count',
  '$deltatoken',
  '$expand',
  '$filter',
  '$format',
  '$from',
  '$id',
  '$index',
  '$levels',
  '$orderby',
  '$schemaversion',
  '$search',
  '$select',
  '$skip',
  '$skiptoken',
  '$to',
  '$toInclusive',
  '$top',
] as const;

export type SystemOptionName = (typeof names)[number];

/** Words too plain to be taken from a function's parameters: they need their `$`. */
const needsDollar: ReadonlySet<SystemOptionName> = new Set(['$at', '$from', '$to', '$toInclusive']);

const spellings = new Map<string, SystemOptionName>();
for (const name of names) {
  spellings.set(name.toLowerCase(), name);
  if (!needsDollar.has(name)) spellings.set(name.slice(1).toLowerCase(), name);
}

/**
 * The option of that name, written with or without `$` and in any case (OData Protocol 4.01,
 * section 12.4.1, items 6 and 7); undefined for what is no system option.
 */
export function findSystemOption(written: string): SystemOptionName | undefined {
  return spellings.get(written) ?? spellings.get(written.toLowerCase());
}
