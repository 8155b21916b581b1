import { listRefusals } from '#errors.ts';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import { localName } from '#model/model.ts';
import type { PermissionLists } from '#model/permissions/permission-row.ts';
import { propertyRows } from '#model/permissions/property-rows.ts';
import { readingRules } from '#model/permissions/reading-rules.ts';
import { findPermissions, permissionRows } from '#model/permissions.ts';
import { facetHomes } from '#model/profile/facet-homes.ts';
import { resources } from '#model/resources.ts';
import { type Root, roots } from '#model/schema.ts';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { encodeOpenApi } from '#odata/metadata/openapi/encode-openapi.ts';
import { configOptions, keyOf, variableOf } from '#server/config/config-options.ts';

/**
 * The pages of docs/reference that follow from the source, by file name: options, permissions,
 * errors, where facets have their homes, and for each root the metadata that it serves.
 */
export function writePages(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration.md', configurationPage()],
    ['errors.md', errorsPage()],
    ['permissions.md', permissionsPage()],
    ['facet-homes.md', facetHomesPage()],
    ...roots.flatMap(metadataOf),
  ]);
}

function metadataOf(root: Root): [name: string, text: string][] {
  const model = compileModel(declarations, resources, root, kithService);
  const openApi = encodeOpenApi(model, `https://localhost:8443/${root}`, findPermissions);
  return [
    [`metadata-${root}.xml`, encodeCsdlXml(model)],
    [`metadata-${root}.json`, encodeCsdlJson(model)],
    [`openapi-${root}.json`, `${JSON.stringify(JSON.parse(openApi), null, 1)}\n`],
  ];
}

function configurationPage(): string {
  const rows = configOptions.map((option) => [
    `\`--${option.flag}\``,
    option.sources && !option.sources.includes('variable') ? '' : `\`${variableOf(option)}\``,
    option.sources && !option.sources.includes('file') ? '' : `\`${keyOf(option)}\``,
    option.fallback === undefined ? '' : `\`${option.fallback}\``,
    option.about,
  ]);
  return page(
    'Configuration',
    'Flags win over variables, variables over the config file (`kith.config.json`, or `--config`).',
    ['flag', 'variable', 'key in the file', 'default', 'what it says'],
    rows,
  );
}

function errorsPage(): string {
  const rows = listRefusals().map(({ name, status, code }) => [
    name,
    String(status),
    `\`${code}\``,
  ]);
  return page(
    'Errors',
    'Every refusal is `{"error": {code, message, target?, details?, innerError}}`, as Graph shapes it.',
    ['name in the source', 'status', 'code'],
    rows,
  );
}

function facetHomesPage(): string {
  const rows = facetHomes.flatMap(({ facet, members, isEach, isRemovable }) =>
    members.map(({ property, member, isWritable }) => [
      `\`${facet}\``,
      `\`${member}\``,
      `\`${property}\`${isEach ? ', each value' : ''}`,
      isWritable ? 'yes' : 'no',
      isRemovable ? 'clears it' : 'is refused',
    ]),
  );
  return page(
    'Where facets have their homes',
    'These members of facets are properties of the user: a write of the one is read in the other. What is not written through a facet is changed in the directory.',
    ['facet', 'member', 'property of `user`', 'written through the facet', 'deleting the facet'],
    rows,
  );
}

function permissionsPage(): string {
  const heads = ["delegated, the caller's own", 'delegated', 'application'];
  const operations = page(
    'Permissions',
    'One of the permissions is needed; least privileged first. An empty cell: not supported, or no own list.',
    ['operation', ...heads],
    permissionRows.map((row) => [`\`${row.operation}\``, ...cellsOf(row)]),
  );
  return `${operations}\n${propertiesSection(heads)}\n${readingSection(heads)}`;
}

function propertiesSection(heads: readonly string[]): string {
  const rows = propertyRows.flatMap(({ type, properties, read, write }) => {
    const names = `${localName(type)}: ${properties.join(', ')}`;
    const reads = read ? [[`read ${names}`, ...cellsOf(read)]] : [];
    return [...reads, [`change ${names}`, ...cellsOf(write)]];
  });
  const about =
    'These properties want a permission of their own, which is enough to change them. Without one to read them they read as if nobody had set them.';
  return section('Sensitive properties', about, table(['property', ...heads], rows));
}

function readingSection(heads: readonly string[]): string {
  const rows = readingRules.flatMap(({ type, whole, basic, basicProperties }) => [
    [`${localName(type)}: all properties`, ...cellsOf(whole)],
    [`${localName(type)}: ${basicProperties.join(', ')}`, '', list(basic), list(basic)],
  ]);
  const about =
    'Whoever may read an entity, but is in neither row of its type, sees its id. By what is not seen nothing is filtered, ordered, searched, computed or expanded.';
  return section('How much is read', about, table(['what', ...heads], rows));
}

function cellsOf({ self, delegated, application }: PermissionLists): string[] {
  return [list(self === delegated ? [] : self), list(delegated), list(application)];
}

function section(title: string, about: string, lines: readonly string[]): string {
  return [`## ${title}`, '', about, '', ...lines, ''].join('\n');
}

function list(permissions: readonly string[]): string {
  return permissions.join(', ');
}

function page(title: string, about: string, heads: string[], rows: string[][]): string {
  const note = '<!-- Written by `npm run reference` from the source. -->';
  return [`# ${title}`, '', note, '', about, '', ...table(heads, rows), ''].join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
