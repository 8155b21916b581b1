import { Refusal } from '#errors.ts';
import {
  type ComplexType,
  type EnumType,
  findType,
  isKindOf,
  localName,
  type Model,
  type Property,
  type StructuredType,
} from '#model/model.ts';
import type { Change, MemberChange } from '#plan/change.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { isPrimitive } from './decode-primitive.ts';

/** Where in the body a value stands, for refusals: `passwordProfile/password`. */
interface Position {
  readonly path: string;
  /** Local name of the entity's type, as Graph names it in messages. */
  readonly resource: string;
}

const TYPE_NAMES = new Set([TYPE, '@type']);

/**
 * Checks a PATCH body against the model. `@odata.type` may be written with or without `#` and must
 * name the declared type or one derived from it; other annotations are ignored; computed members
 * are accepted unchecked and left out. Refuses undeclared members and values that do not fit.
 */
export function decodeChange(model: Model, declared: StructuredType, body: unknown): Change {
  return decodeWith(new ChangeDecoder(model, false), declared, body);
}

/** As `decodeChange`, for data that is loaded: what the server sets is taken too, and checked. */
export function decodeLoaded(model: Model, declared: StructuredType, body: unknown): Change {
  return decodeWith(new ChangeDecoder(model, true), declared, body);
}

function decodeWith(decoder: ChangeDecoder, declared: StructuredType, body: unknown): Change {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Refusal('malformedRequest', 'The request body must be a JSON object.');
  }
  const resource = localName(declared.name);
  return decoder.change(declared, body, { path: '', resource });
}

class ChangeDecoder {
  private readonly model: Model;
  private readonly takesComputed: boolean;

  constructor(model: Model, takesComputed: boolean) {
    this.model = model;
    this.takesComputed = takesComputed;
  }

  change(declared: StructuredType, body: object, position: Position): Change {
    const named = this.namedType(declared, body, position);
    const type = named ?? declared;
    const members = new Map<string, MemberChange>();
    for (const [name, value] of Object.entries(body)) {
      if (name.includes('@')) {
        this.annotation(type, name);
        continue;
      }
      const property = this.property(type, name, position);
      if (property.computed && !this.takesComputed) continue;
      members.set(name, this.member(property, value, inside(position, name)));
    }
    return { type, isTyped: named !== undefined, members };
  }

  private member(property: Property, value: unknown, position: Position): MemberChange {
    if (property.collection) {
      if (!Array.isArray(value)) throw invalid(position);
      const elements = value.map((each) => this.value(property, each, position));
      return { property, kind: 'value', value: elements };
    }
    if (value === null) {
      if (!property.nullable) throw invalid(position, 'The property cannot be null.');
      return { property, kind: 'value', value: null };
    }
    if (property.type.kind === 'complex') {
      if (typeof value !== 'object' || Array.isArray(value)) throw invalid(position);
      return { property, kind: 'merge', change: this.change(property.type, value, position) };
    }
    return { property, kind: 'value', value: this.value(property, value, position) };
  }

  private value(property: Property, value: unknown, position: Position): Value {
    const { type, maxLength, allowed } = property;
    if (value === null || value === undefined) throw invalid(position);
    if (type.kind === 'complex') return this.complex(type, value, position);
    if (type.kind === 'enum') return decodeEnum(type, value, position);
    if (!isPrimitive(type.name, value)) throw invalid(position);
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
      throw invalid(position, `The value is longer than ${maxLength} characters.`);
    }
    if (allowed && !allowed.includes(value as string | number)) {
      throw invalid(position, `The value must be one of ${allowed.join(', ')}.`);
    }
    return value as Value;
  }

  /** A whole complex value, inside a collection: members that are absent stay absent. */
  private complex(declared: ComplexType, value: unknown, position: Position): Document {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalid(position);
    return completeChange(this.change(declared, value, position));
  }

  private namedType(
    declared: StructuredType,
    body: object,
    position: Position,
  ): StructuredType | undefined {
    for (const [name, value] of Object.entries(body)) {
      if (!TYPE_NAMES.has(name)) continue;
      const found = typeof value === 'string' ? findType(this.model, value) : undefined;
      if (found && found.kind !== 'enum' && isKindOf(found, declared)) return found;
      const message =
        `The value of '${name}' must name '${declared.name}' or a type derived from it; ` +
        `it is ${JSON.stringify(value)}.`;
      throw new Refusal('malformedRequest', message, { target: inside(position, name).path });
    }
    return undefined;
  }

  private property(type: StructuredType, name: string, position: Position): Property {
    const property = type.properties.get(name);
    if (property) return property;
    const target = inside(position, name).path;
    if (type.kind === 'entity' && 'navigation' in type) {
      const { navigation } = type as StructuredType & { navigation: ReadonlyMap<string, unknown> };
      if (navigation.has(name)) {
        const message = `The navigation property '${name}' is not changed through its owner.`;
        throw new Refusal('notImplemented', message, { target });
      }
    }
    const message =
      `The property '${name}' does not exist on type '${type.name}'. ` +
      'Make sure to only use property names that are defined by the type.';
    throw new Refusal('badRequest', message, { target });
  }

  /** Only a binding would change something; every other annotation may be ignored. */
  private annotation(type: StructuredType, name: string): void {
    if (!/@(odata\.)?bind$/.test(name)) return;
    const message = `'${name}' on ${type.name} is not served.`;
    throw new Refusal('notImplemented', message, { target: name });
  }
}

/** The value that a change gives to something that holds nothing yet. */
export function completeChange(change: Change): Document {
  const value: Document = { [TYPE]: change.type.name };
  for (const name of change.type.properties.keys()) {
    const member = change.members.get(name);
    if (!member) continue;
    value[name] = member.kind === 'value' ? member.value : completeChange(member.change);
  }
  return value;
}

/** Member names, separated by commas for flags; numbers stand for the member that has them. */
function decodeEnum(type: EnumType, value: unknown, position: Position): string {
  if (typeof value !== 'string' || !value.isWellFormed()) throw invalid(position);
  if (type.acceptsAnyString) return value;
  const parts = type.flags ? value.split(',').map((part) => part.trim()) : [value];
  const names = parts.map((part) => {
    if (type.members.has(part)) return part;
    for (const [name, number] of type.members) if (String(number) === part) return name;
    const message = `The value must be one of ${[...type.members.keys()].join(', ')}.`;
    throw invalid(position, message);
  });
  return names.join(',');
}

function inside(position: Position, name: string): Position {
  return { ...position, path: position.path === '' ? name : `${position.path}/${name}` };
}

function invalid(position: Position, reason?: string): Refusal {
  const { path, resource } = position;
  const message = `Invalid value specified for property '${path}' of resource '${resource}'.`;
  const details = [{ code: 'InvalidValue', message: reason ?? message, target: path }];
  return new Refusal('badRequest', message, { target: path, details });
}
