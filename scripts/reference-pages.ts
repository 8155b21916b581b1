import { listRefusals } from '#errors.ts';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { findPermissions, permissionRows } from '#model/permissions.ts';
import { resources } from '#model/resources.ts';
import { type Root, roots } from '#model/schema.ts';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { encodeOpenApi } from '#odata/metadata/openapi/encode-openapi.ts';
import { configOptions, keyOf, variableOf } from '#server/config/config-options.ts';

/**
 * The pages of docs/reference that follow from the source, by file name: options, permissions,
 * errors, and for each root the metadata that it serves.
 */
export function writePages(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration.md', configurationPage()],
    ['errors.md', errorsPage()],
    ['permissions.md', permissionsPage()],
    ...roots.flatMap(metadataOf),
  ]);
}

function metadataOf(root: Root): [name: string, text: string][] {
  const model = compileModel(declarations, resources, root);
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

function permissionsPage(): string {
  const rows = permissionRows.map((row) => [
    `\`${row.operation}\``,
    list(row.self === row.delegated ? [] : row.self),
    list(row.delegated),
    list(row.application),
  ]);
  return page(
    'Permissions',
    'One of the permissions is needed; least privileged first. An empty cell: not supported, or no own list.',
    ['operation', "delegated, the caller's own", 'delegated', 'application'],
    rows,
  );
}

function list(permissions: readonly string[]): string {
  return permissions.join(', ');
}

function page(title: string, about: string, heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const note = '<!-- Written by `npm run reference` from the source. -->';
  const table = [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
  return [`# ${title}`, '', note, '', about, '', ...table, ''].join('\n');
}
