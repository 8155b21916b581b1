import { Refusal } from '#errors.ts';
import {
  type EntityType,
  findType,
  isKindOf,
  type Model,
  type Property,
  type StructuredType,
} from '#model/model.ts';
import type { Ending, Step, Target } from '#plan/target.ts';
import type { ArgumentSyntax } from './language/expressions/syntax.ts';
import type { NameSegment, ResourcePathSyntax, SegmentSyntax } from './language/paths/syntax.ts';

/**
 * Resolves a path against the model of one root (OData URL Conventions 4.01, section 4). A key
 * stands in parentheses or as a segment of its own. Refuses the first segment that leads nowhere.
 */
export function bindPath(model: Model, segments: ResourcePathSyntax): Target {
  const [first, ...rest] = segments;
  if (first?.kind !== 'name') throw notServed(first?.text ?? '');
  const resource = model.resources.get(first.name);
  if (!resource) throw unknownSegment(first.name);
  const path = new BoundPath(model, resource.type, resource.collection);
  path.template = `/${first.name}`;
  path.keysOf(first);
  for (const segment of rest) path.step(segment);
  const { steps, type, collection, ending, template } = path;
  return { resource, steps, type, collection, ending, template };
}

/** The way so far: what it has come to, and the steps that led there. */
class BoundPath {
  readonly steps: Step[] = [];
  type: EntityType;
  collection: boolean;
  ending: Ending = { kind: 'entities' };
  template = '';
  private readonly model: Model;

  constructor(model: Model, type: EntityType, collection: boolean) {
    this.model = model;
    this.type = type;
    this.collection = collection;
  }

  step(segment: SegmentSyntax): void {
    if (this.ending.kind === 'property') this.afterProperty(segment, this.ending.path);
    else if (this.ending.kind !== 'entities') throw unknownSegment(segment.text);
    else if (segment.kind === 'system') this.end(segment.name);
    else if (segment.kind === 'name') this.name(segment);
    else if (segment.kind === 'key' && this.collection) this.key(undefined, segment.text);
    else if (segment.kind === 'key') throw unknownSegment(segment.text);
    else throw notServed(segment.text);
  }

  /** Takes the keys in parentheses behind a name. */
  keysOf({ parentheses, key, text }: NameSegment): void {
    if (key !== undefined) throw notServed(text);
    if (parentheses === undefined) return;
    if (!this.collection) throw unknownSegment(text);
    const [argument, ...others] = parentheses;
    if (!argument) throw malformedKey(text);
    if (others.length > 0) throw notServed(text);
    const property = argument.name === this.type.key[0] ? undefined : argument.name;
    this.key(property, keyText(argument, text));
  }

  private name(segment: NameSegment): void {
    const { name, text } = segment;
    const cast = name.includes('.') ? findType(this.model, name) : undefined;
    if (cast?.kind === 'entity' && isKindOf(cast, this.type)) this.cast(cast, segment);
    // Behind a collection every name is a key, unless it is in a namespace.
    else if (this.collection) this.key(undefined, text);
    else this.member(segment);
  }

  private member(segment: NameSegment): void {
    const { name, text } = segment;
    const navigation = this.type.navigation.get(name);
    if (navigation) {
      this.steps.push({ kind: 'navigation', navigation });
      this.type = navigation.target;
      this.collection = navigation.collection;
      this.template += `/${navigation.name}`;
      this.keysOf(segment);
      return;
    }
    const property = this.type.properties.get(name);
    if (!property || segment.parentheses) throw this.unknownName(name, text);
    this.ending = { kind: 'property', path: [property], isRaw: false };
  }

  private cast(type: EntityType, segment: NameSegment): void {
    this.steps.push({ kind: 'cast', type });
    this.type = type;
    this.template += `/${type.name}`;
    this.keysOf(segment);
  }

  private key(property: string | undefined, value: string): void {
    if (property !== undefined && !this.type.alternateKeys.includes(property)) {
      throw unknownSegment(`${property}=${value}`);
    }
    this.steps.push({ kind: 'key', property, value });
    this.collection = false;
    this.template += '/{id}';
  }

  private end(name: string): void {
    if (name === '$count' && this.collection) this.ending = { kind: 'count' };
    else if (name === '$ref' && this.steps.length > 0) this.ending = { kind: 'references' };
    else if (name === '$value' && !this.collection && this.type.hasStream) {
      this.ending = { kind: 'media' };
    } else throw notServed(name);
  }

  private afterProperty(segment: SegmentSyntax, path: readonly Property[]): void {
    const last = path.at(-1)!;
    if (segment.kind === 'system' && segment.name === '$value') {
      if (last.collection || last.type.kind === 'complex') throw unknownSegment(segment.name);
      this.ending = { kind: 'property', path, isRaw: true };
      return;
    }
    if (segment.kind === 'system') throw notServed(segment.text);
    const inside = last.type.kind === 'complex' && !last.collection ? last.type : undefined;
    const property = inside && findProperty(inside, segment);
    if (!property) throw unknownSegment(segment.text);
    this.ending = { kind: 'property', path: [...path, property], isRaw: false };
  }

  private unknownName(name: string, text: string): Refusal {
    return name.includes('.') && findType(this.model, name)
      ? notServed(text)
      : unknownSegment(name);
  }
}

function findProperty(type: StructuredType, segment: SegmentSyntax): Property | undefined {
  return segment.kind === 'name' && !segment.parentheses
    ? type.properties.get(segment.name)
    : undefined;
}

/** The value of a key, without the quotes that its type asks for. */
function keyText({ value }: ArgumentSyntax, text: string): string {
  if (value.kind !== 'literal') throw notServed(text);
  return value.text;
}

function malformedKey(text: string): Refusal {
  return new Refusal('malformedRequest', `The key in '${text}' is empty.`, { target: text });
}

function unknownSegment(name: string): Refusal {
  const message = `Resource not found for the segment '${name}'.`;
  return new Refusal('unknownSegment', message, { target: name });
}

function notServed(name: string): Refusal {
  return new Refusal('notImplemented', `The segment '${name}' is not served.`, { target: name });
}
