import type {
  ComplexType,
  EntityType,
  Model,
  Navigation,
  Operation,
  OperationImport,
  Property,
  PropertyType,
  Resource,
} from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import type { Addressed, Ending, PropertyCast, Step } from '#plan/target.ts';
import { segmentNotServed } from './refuse-segment.ts';

/** A call whose result a path goes on from. */
export interface Call {
  readonly operation: Operation;
  readonly binding: Addressed | undefined;
  readonly import: OperationImport | undefined;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly template: string;
}

/** The value that a path stands at: of a property, or what an operation gives. */
export interface ValuePosition {
  readonly type: PropertyType;
  readonly collection: boolean;
}

/** A path as far as it is bound: where it starts, the steps, and what they have come to. */
export class PathSoFar {
  readonly model: Model;
  /** The set that the steps start from; undefined behind a call that gives no set's entities. */
  resource: Resource | undefined;
  call: Call | undefined;
  steps: Step[] = [];
  /** The type of the entities; undefined behind a call that gives values. */
  type: EntityType | undefined;
  collection = false;
  /** The value inside the entity, where the path has come to one. */
  value: ValuePosition | undefined;
  properties: Property[] = [];
  casts: PropertyCast[] = [];
  /** What the path ends with; undefined while it may go on. */
  ending: Ending | undefined;
  template = '';
  /** The values of the key by which the entity was picked, by the names of the properties. */
  keys: ReadonlyMap<string, Value> = new Map();
  /** Key values that follow from referential constraints, by the names of the parts. */
  implied: ReadonlyMap<string, Value> = new Map();

  constructor(model: Model) {
    this.model = model;
  }

  /** Starts at a set or singleton. */
  startAt(resource: Resource): void {
    this.resource = resource;
    this.type = resource.type;
    this.collection = resource.collection;
    this.template = `/${resource.name}`;
  }

  /** Steps along a navigation. */
  enter(navigation: Navigation): void {
    this.steps.push({ kind: 'navigation', navigation });
    this.type = navigation.target;
    this.collection = navigation.collection;
    this.template += `/${navigation.name}`;
  }

  /** Goes on at a whole set to which a navigation has led. */
  continueAt(resource: Resource): void {
    this.startAt(resource);
    this.steps = [];
    this.template = `/${resource.reachedBy}`;
  }

  /** Starts again at what a call gives. */
  startBehind(call: Call, set: Resource | undefined): void {
    const { operation } = call;
    const { returns } = operation;
    this.call = call;
    this.resource = set;
    this.steps = [];
    this.properties = [];
    this.casts = [];
    this.keys = new Map();
    this.implied = new Map();
    this.template = call.template;
    this.type = returns?.type.kind === 'entity' ? returns.type : undefined;
    this.collection = this.type !== undefined && returns!.collection;
    this.value =
      returns && returns.type.kind !== 'entity'
        ? { type: returns.type, collection: returns.collection }
        : undefined;
  }

  /** The type and number of what is addressed; undefined behind a call that gives nothing. */
  get position(): { type: PropertyType | EntityType; collection: boolean } | undefined {
    if (this.value) return this.value;
    return this.type && { type: this.type, collection: this.collection };
  }

  /** Steps into a property. */
  enterProperty(property: Property): void {
    this.properties.push(property);
    this.value = { type: property.type, collection: property.collection };
  }

  /** Continues as a derived complex type. */
  castValue(type: ComplexType): void {
    this.casts.push({ behind: this.properties.length, type });
    this.value = { type, collection: this.value?.collection ?? false };
  }

  /** Leaves a complex value for the entities that a navigation of it leads to. */
  leaveValue(): void {
    for (const property of this.properties) this.steps.push({ kind: 'property', property });
    if (this.casts.length > 0) throw segmentNotServed(this.casts[0]!.type.name);
    this.properties = [];
    this.value = undefined;
  }

  /** What the path means as it stands. */
  address(): Addressed {
    const { steps, type, collection, template, call, resource } = this;
    const ending = this.ending ?? this.openEnding();
    if (!call) return { resource: resource!, steps, type: type!, collection, ending, template };
    const { operation, binding, parameters } = call;
    const isWhole = this.ending === undefined && steps.length + this.properties.length === 0;
    const rest =
      isWhole && this.casts.length === 0
        ? undefined
        : { resource, steps, type, collection, ending };
    return { operation, binding, import: call.import, parameters, rest, resource, template };
  }

  private openEnding(): Ending {
    if (!this.value) return { kind: 'entities' };
    const { type } = this.value;
    const isStream = type.kind === 'primitive' && type.name === 'Edm.Stream';
    return isStream ? this.streamEnding() : this.propertyEnding(false, false);
  }

  /** The ending at a stream. */
  streamEnding(): Ending {
    const [property] = this.properties;
    if (!property) return this.propertyEnding(false, false);
    // Streams of complex values have no name in the store.
    if (this.properties.length > 1) throw segmentNotServed(this.properties.at(-1)!.name);
    return { kind: 'media', property };
  }

  /** The ending at the value that the path stands at. */
  propertyEnding(isRaw: boolean, isCount: boolean): Ending {
    const { properties: path, casts } = this;
    return { kind: 'property', path, casts, isRaw, isCount };
  }
}
