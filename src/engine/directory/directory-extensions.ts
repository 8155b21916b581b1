import { Refusal } from '#errors.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { SettleContext } from '../type-rules.ts';
import { invalidValue } from './refuse-values.ts';

const NAME = /^extension_([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})_\w+$/i;
/** The id of a schema extension, of which an object's member is one value. */
const SCHEMA = /^[a-z\d]{1,63}_\w+$/i;
/** What Graph says of such a value. */
const SCHEMA_TYPE = '#microsoft.graph.ComplexExtensionValue';
const TEXT_MAX = 256;
const VALUES_MAX = 100;

/**
 * Members that extend such objects, as they are kept. Refuses those that no application has
 * declared (`applications/{id}/extensionProperties`, `schemaExtensions`), and values of another
 * type than is declared.
 */
export async function settleExtensions(
  resource: 'User' | 'Group',
  written: Document,
  context: SettleContext,
): Promise<Document> {
  const kept: Document = {};
  for (const [name, value] of Object.entries(written)) {
    const match = NAME.exec(name);
    if (match) {
      const property = await findExtension(name, match.slice(1).join('-'), context);
      checkTarget(name, property?.targetObjects, resource);
      if (!fits(property!, value)) {
        throw invalidValue(resource, name, `Its values are of the type ${property!.dataType}.`);
      }
    } else if (SCHEMA.test(name)) {
      const found = await context.reader.find('schemaExtensions', 'id', name, 'doc');
      const definition = found && (JSON.parse(found.text) as Document);
      checkTarget(name, definition?.targetTypes, resource);
      const checked = checkSchemaValue(name, value, definition!.properties as Document[]);
      if (checked) kept[name] = checked;
    }
  }
  return kept;
}

function checkTarget(name: string, targets: Value | undefined, resource: string): void {
  const isMeant = (each: Value) => String(each).toLowerCase() === resource.toLowerCase();
  if (Array.isArray(targets) && targets.some(isMeant)) return;
  const message = `The following extension properties are not available: ${name}.`;
  throw new Refusal('badRequest', message, { target: name });
}

/** An object with members that the definition has, or nothing at all. */
function checkSchemaValue(
  name: string,
  value: Value | undefined,
  properties: readonly Document[],
): Document | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalidValue(name, name, 'Its value is an object.');
  }
  const members = Object.entries(value).filter(([member]) => !member.includes('@'));
  for (const [member, each] of members) {
    const property = properties.find((known) => known.name === member);
    // Graph's "Add custom data to groups" writes a number as a text, and reads it so.
    const isNumber = property?.type === 'Integer' && /^-?\d{1,10}$/.test(String(each));
    if (isNumber || (property && fits({ dataType: property.type! }, each))) continue;
    const type = property ? `Its values are of the type ${property.type}.` : 'It is not declared.';
    throw invalidValue(name, member, type);
  }
  return { [TYPE]: SCHEMA_TYPE, ...Object.fromEntries(members) };
}

async function findExtension(
  name: string,
  appId: string,
  { reader }: SettleContext,
): Promise<Document | undefined> {
  const application = await reader.find('applications', 'appId', appId, 'nothing');
  if (!application) return undefined;
  const declared = await reader.list('applications', application.owner, 'extensionProperties');
  const all = declared.map(({ text }) => JSON.parse(text) as Document);
  return all.find((each) => String(each.name).toLowerCase() === name.toLowerCase());
}

function fits({ dataType, isMultiValued }: Document, value: Value | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (isMultiValued !== true) return isOf(String(dataType), value);
  const isShort = Array.isArray(value) && value.length <= VALUES_MAX;
  return isShort && value.every((each) => isOf(String(dataType), each));
}

function isOf(dataType: string, value: Value): boolean {
  switch (dataType) {
    case 'Boolean':
      return typeof value === 'boolean';
    case 'Integer':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'LargeInteger':
      return Number.isInteger(value);
    case 'DateTime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'Binary':
      return typeof value === 'string' && /^[\w+/=-]*$/.test(value) && value.length <= 344;
    default:
      return typeof value === 'string' && [...value].length <= TEXT_MAX;
  }
}
