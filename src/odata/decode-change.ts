import { Refusal } from '#errors.ts';
import {
  type ComplexType,
  type EntityType,
  type EnumType,
  findType,
  isKindOf,
  localName,
  type Model,
  mayHave,
  type Property,
  type StructuredType,
} from '#model/model.ts';
import type { Change, MemberChange, RelatedChange } from '#plan/change.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { decodePrimitive } from './decode-primitive.ts';
import { decodeRelated, type RelatedMember } from './decode-related.ts';
import {
  decodeScalar,
  decodeUndeclared,
  deeper,
  inside,
  invalid,
  isIdentifier,
  type Position,
} from './decode-value.ts';
import { controlOf, propertyNamed } from './undeclared-type.ts';

const TYPE_NAMES = [TYPE, '@type'] as const;
const RELATED = /^([^@]+)@(?:odata\.)?(bind|delta)$/;

/**
 * Checks the body of a POST, PATCH or PUT against the model. `@odata.type` may be written with or
 * without `#` and must name the declared type or one derived from it; other annotations are
 * ignored; computed members are accepted unchecked and left out; navigations take what they are
 * bound to and nested entities. Refuses undeclared members of closed types and values that do not
 * fit.
 */
export function decodeChange(model: Model, declared: StructuredType, body: unknown): Change {
  return decodeWith(new ChangeDecoder(model), declared, body);
}

/**
 * As `decodeChange`, for a body of OData 4.01, whose entity tags say for which versions of the
 * entities in it the change is (OData JSON 4.01, section 4.5.5).
 */
export function decodeTagged(model: Model, declared: StructuredType, body: unknown): Change {
  return decodeWith(new ChangeDecoder(model, { takesTags: true }), declared, body);
}

/** As `decodeChange`, for data that is loaded: what the server sets is taken too, and checked. */
export function decodeLoaded(model: Model, declared: StructuredType, body: unknown): Change {
  return decodeWith(new ChangeDecoder(model, { takesComputed: true }), declared, body);
}

/** The value of one property of a type; a complex value is a change that merges. */
export function decodeMember(
  model: Model,
  { name: owner }: StructuredType,
  property: Property,
  value: unknown,
): MemberChange {
  const position = { path: property.name, resource: localName(owner), depth: 0 };
  return new ChangeDecoder(model).member(property, value, position);
}

function decodeWith(decoder: ChangeDecoder, declared: StructuredType, body: unknown): Change {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Refusal('malformedRequest', 'The request body must be a JSON object.');
  }
  const resource = localName(declared.name);
  return decoder.change(declared, body, { path: '', resource, depth: 0 });
}

/** A member as a body writes it. */
interface WrittenMember {
  readonly name: string;
  readonly value: unknown;
  /** The object in which it stands. */
  readonly body: object;
}

/** A change that is being read. */
interface OpenChange {
  readonly type: StructuredType;
  readonly undeclared: Map<string, Value>;
  readonly related: Map<string, RelatedChange>;
}

class ChangeDecoder {
  private readonly model: Model;
  /** Whether what the server sets is taken too, and checked. */
  private readonly takesComputed: boolean;
  /** Whether entity tags of the body are conditions. */
  private readonly takesTags: boolean;

  constructor(model: Model, takes: { takesComputed?: boolean; takesTags?: boolean } = {}) {
    this.model = model;
    this.takesComputed = takes.takesComputed ?? false;
    this.takesTags = takes.takesTags ?? false;
  }

  change(declared: StructuredType, body: object, position: Position): Change {
    const named = this.namedType(declared, body, position);
    const type = named ?? declared;
    const members = new Map<string, MemberChange>();
    const isTyped = named !== undefined;
    const written = body as Readonly<Record<string, unknown>>;
    const said = this.takesTags ? (written['@etag'] ?? written['@odata.etag']) : undefined;
    const tag = typeof said === 'string' ? said : undefined;
    const change = { type, isTyped, members, undeclared: new Map(), related: new Map(), tag };
    for (const name of Object.keys(written)) {
      const value = written[name];
      const property = type.properties.get(name) ?? this.inOtherCase(type, name, written);
      if (!property) {
        this.takeOther(change, { name, value, body }, inside(position, name));
      } else if (this.takesComputed || !isServersOwn(property)) {
        members.set(property.name, this.member(property, value, inside(position, name)));
      } else if (isKey(type, name) && isFit(property, value)) {
        // It tells which nested entity is meant, though nobody may choose it.
        members.set(name, this.member(property, value, inside(position, name)));
      }
    }
    return change;
  }

  /**
   * Graph takes the names of properties in any case, as some of its clients write them (PnP adds
   * contacts by `surName`); a body that has the name itself, too, says two things.
   */
  private inOtherCase(
    { open, properties }: StructuredType,
    name: string,
    body: object,
  ): Property | undefined {
    if (this.model.isForeign || open || name.includes('@')) return undefined;
    const folded = name.toLowerCase();
    const found = [...properties.values()].find((each) => each.name.toLowerCase() === folded);
    return found && !Object.hasOwn(body, found.name) ? found : undefined;
  }

  /** Takes a member that is no declared property: of a navigation, an annotation, undeclared. */
  private takeOther(change: OpenChange, written: WrittenMember, position: Position): void {
    const { type, related, undeclared } = change;
    const { name, value, body } = written;
    const member = this.relatedMember(type, name, position);
    if (member) {
      const decoded = this.related(member, value, position);
      related.set(
        member.navigation.name,
        joinRelated(related.get(member.navigation.name), decoded),
      );
    } else if (!name.includes('@')) {
      if (!mayHave(type, name) || !isIdentifier(name))
        throw unknownMember(type, name, position.path);
      const { control, member } = this.undeclared(name, value, { body, position });
      // Control information stands before the member that it is about.
      if (control !== undefined) undeclared.set(`${name}${TYPE}`, control);
      undeclared.set(name, member);
    }
  }

  member(property: Property, value: unknown, position: Position): MemberChange {
    if (property.collection) {
      if (!Array.isArray(value)) throw invalid(position);
      const element = deeper(position);
      if (property.type.kind === 'complex') return this.complexes(property, value, element);
      const elements = value.map((each) => this.element(property, each, element));
      return { property, kind: 'value', value: elements };
    }
    if (value === null) {
      if (!property.nullable) throw invalid(position, 'The property cannot be null.');
      return { property, kind: 'value', value: null };
    }
    if (property.type.kind === 'complex') {
      if (typeof value !== 'object' || Array.isArray(value)) throw invalid(position);
      return {
        property,
        kind: 'merge',
        change: this.change(property.type, value as object, position),
      };
    }
    return { property, kind: 'value', value: this.scalar(property, value, position) };
  }

  /** A collection of whole complex values, in which members that are absent stay absent. */
  private complexes(
    property: Property,
    values: readonly unknown[],
    position: Position,
  ): MemberChange {
    const changes = values.map((each) => {
      if (each === null && property.nullable) return null;
      if (typeof each !== 'object' || each === null || Array.isArray(each)) throw invalid(position);
      return this.change(property.type as ComplexType, each, position);
    });
    const value = changes.map((each) => each && completeChange(each));
    const inside = changes.flatMap((change, index) =>
      change && isRelated(change, position.path) ? [{ index, change }] : [],
    );
    return { property, kind: 'value', value, inside: inside.length > 0 ? inside : undefined };
  }

  private element(property: Property, value: unknown, position: Position): Value {
    if (value !== null && value !== undefined) return this.scalar(property, value, position);
    if (property.nullable && value === null) return null;
    throw invalid(position);
  }

  private scalar(property: Property, value: unknown, position: Position): Value {
    const { type } = property;
    return decodeScalar(property, type.kind === 'enum' ? this.named(type, value) : value, position);
  }

  /**
   * Graph has enumeration members by name alone, in any case; other services by number as well.
   */
  private named(type: EnumType, value: unknown): unknown {
    if (this.model.isForeign) return Number.isSafeInteger(value) ? String(value) : value;
    if (typeof value !== 'string' || type.acceptsAnyString || type.members.has(value)) return value;
    const folded = value.toLowerCase();
    for (const name of type.members.keys()) if (name.toLowerCase() === folded) return name;
    return value;
  }

  private namedType(
    declared: StructuredType,
    body: object,
    position: Position,
  ): StructuredType | undefined {
    for (const name of TYPE_NAMES) {
      if (!Object.hasOwn(body, name)) continue;
      const value = (body as Readonly<Record<string, unknown>>)[name];
      const found = typeof value === 'string' ? findType(this.model, localUri(value)) : undefined;
      if (found && found.kind !== 'enum' && isKindOf(found, declared)) return found;
      const message =
        `The value of '${name}' must name '${declared.name}' or a type derived from it; ` +
        `it is ${JSON.stringify(value)}.`;
      throw new Refusal('malformedRequest', message, { target: inside(position, name).path });
    }
    return undefined;
  }

  /** The navigation that a member means, by its name, or bound or changed by an annotation. */
  private relatedMember(
    type: StructuredType,
    written: string,
    { path }: Position,
  ): RelatedMember | undefined {
    const annotation = RELATED.exec(written);
    const name = annotation?.[1] ?? written;
    const navigation = type.navigation.get(name);
    if (!navigation) {
      if (annotation?.[2] === 'bind') throw unknownMember(type, name, path);
      return undefined;
    }
    const kind = (annotation?.[2] ?? 'nested') as RelatedMember['kind'];
    return { navigation, kind };
  }

  private related(member: RelatedMember, value: unknown, position: Position): RelatedChange {
    return decodeRelated(member, value, {
      model: this.model,
      position,
      decode: (body, at) => this.change(member.navigation.target, body, at),
    });
  }

  /** A member that the type does not declare, of the type that is named for it. */
  private undeclared(
    name: string,
    value: unknown,
    { body, position }: { body: object; position: Position },
  ): { control: string | undefined; member: Value } {
    const members = body as Readonly<Record<string, unknown>>;
    const written = members[`${name}${TYPE}`] ?? members[`${name}@type`];
    if (written === undefined || value === null) {
      return { control: undefined, member: decodeUndeclared(value, position) };
    }
    const property =
      typeof written === 'string' ? propertyNamed(this.model, name, written) : undefined;
    if (!property) throw invalid(position, `'${String(written)}' is no type of a value.`);
    const change = this.member(property, value, position);
    return { control: controlOf(property), member: wholeValue(change, position.path) };
  }
}

function wholeValue(change: MemberChange, path: string): Value {
  if (change.kind === 'value') return change.value;
  if (change.kind === 'append') return [...change.values];
  checkUnrelated(change.change, path);
  return completeChange(change.change);
}

/** Refuses what a value that is not declared leads to, of which nothing is kept. */
function checkUnrelated({ members, related }: Change, path: string): void {
  for (const name of related.keys()) throw notKept(`${path}/${name}`);
  for (const [name, member] of members) {
    if (member.kind === 'merge') checkUnrelated(member.change, `${path}/${name}`);
    else if (member.inside) throw notKept(`${path}/${name}`);
  }
}

/**
 * Whether a value in a collection says what it is related to. Refuses what it contains, since its
 * place in the collection is no address, and what collections inside it are related to.
 */
function isRelated({ members, related }: Change, path: string): boolean {
  for (const { navigation } of related.values()) {
    if (navigation.contains) throw notKept(`${path}/${navigation.name}`);
  }
  let isInside = false;
  for (const [name, member] of members) {
    if (member.kind === 'merge') isInside = isRelated(member.change, `${path}/${name}`) || isInside;
    else if (member.inside) throw notKept(`${path}/${name}`);
  }
  return isInside || related.size > 0;
}

function notKept(target: string): Refusal {
  const message = `What '${target}' leads to is kept nowhere.`;
  return new Refusal('notImplemented', message, { target });
}

function isKey(type: StructuredType, name: string): boolean {
  return type.kind === 'entity' && (type as EntityType).key.includes(name);
}

function isFit({ type }: Property, value: unknown): boolean {
  return type.kind === 'primitive' && decodePrimitive(type.name, value) !== undefined;
}

/** Whether clients cannot write it: its value in a body is ignored (Core.Computed, Permissions). */
function isServersOwn({ computed, permissions }: Property): boolean {
  return computed || permissions === 'Read' || permissions === 'None';
}

function joinRelated(one: RelatedChange | undefined, other: RelatedChange): RelatedChange {
  if (!one) return other;
  const isWhole = one.isWhole || other.isWhole;
  return { ...one, isWhole, entries: [...one.entries, ...other.entries] };
}

/** A type's name without the address of its metadata document: `https://host/$metadata#name`. */
function localUri(written: string): string {
  return written.replace(/^[^#]+(?=#)/, '');
}

function unknownMember(type: StructuredType, name: string, target: string): Refusal {
  const message =
    `The property '${name}' does not exist on type '${type.name}'. ` +
    'Make sure to only use property names that are defined by the type.';
  return new Refusal('badRequest', message, { target });
}

/** The value that a change gives to something that holds nothing yet, or what it is given. */
export function completeChange(change: Change, value: Document = {}): Document {
  value[TYPE] = change.type.name;
  for (const name of change.type.properties.keys()) {
    const member = change.members.get(name);
    if (!member || member.kind === 'append') continue;
    value[name] = member.kind === 'value' ? member.value : completeChange(member.change);
  }
  for (const [name, member] of change.undeclared) if (member !== null) value[name] = member;
  return value;
}
