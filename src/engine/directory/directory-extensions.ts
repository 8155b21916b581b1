import { Refusal } from '#errors.ts';
import type { Document, Value } from '#plan/document.ts';
import type { SettleContext } from '../type-rules.ts';
import { invalidValue } from './refuse-values.ts';

const NAME = /^extension_([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})_\w+$/i;
const TEXT_MAX = 256;
const VALUES_MAX = 100;

/**
 * Refuses members that no application has declared for such objects
 * (`applications/{id}/extensionProperties`), and values of another type than is declared.
 */
export async function checkExtensions(
  resource: 'User' | 'Group',
  written: Document,
  context: SettleContext,
): Promise<void> {
  for (const [name, value] of Object.entries(written)) {
    const match = NAME.exec(name);
    if (!match) continue;
    const property = await findExtension(name, match.slice(1).join('-'), context);
    const targets = property?.targetObjects;
    if (!property || !Array.isArray(targets) || !targets.includes(resource)) {
      const message = `The following extension properties are not available: ${name}.`;
      throw new Refusal('badRequest', message, { target: name });
    }
    if (!fits(property, value)) {
      throw invalidValue(resource, name, `Its values are of the type ${property.dataType}.`);
    }
  }
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
