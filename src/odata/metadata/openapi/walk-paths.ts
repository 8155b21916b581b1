import { findCapabilities } from '#model/compile-capabilities.ts';
import type {
  EntityType,
  KeyPart,
  Model,
  Property,
  Resource,
  StructuredType,
} from '#model/model.ts';
import { isKindOf, localName, type Operation } from '#model/model.ts';
import type { Capabilities } from '#model/model-capabilities.ts';
import { CAPABILITIES } from '#model/schema-annotations.ts';

/** A part of a key in a path: what the path calls it, and the property that it stands for. */
export interface PathKey {
  readonly name: string;
  readonly property: Property | undefined;
}

/** An address of the service and what answers there. */
export interface ServicePath {
  /** As OpenAPI writes it: `/users/{user-id}/photo`. */
  readonly path: string;
  /** As permissions are declared: `/users/{id}/photo`. */
  readonly template: string;
  readonly type: EntityType;
  readonly collection: boolean;
  readonly keys: readonly PathKey[];
  /** Whether a key, and not a singleton or a navigation, leads to the entity. */
  readonly isKeyed: boolean;
  readonly capabilities: Capabilities;
  /** The navigations that lead here from the resource. */
  readonly navigation: readonly string[];
  /** What is here lives elsewhere. */
  readonly isLinked: boolean;
}

/** How far the walk goes. */
export interface WalkOptions {
  /** Navigations behind a set or singleton. */
  readonly depthMax: number;
  /** Whether it goes on behind what is not contained, and has an address of its own elsewhere. */
  readonly followsLinks: boolean;
}

/** The addresses of sets and singletons, their entities, and what navigation leads to. */
export function walkPaths(model: Model, options: WalkOptions): ServicePath[] {
  const found: ServicePath[] = [];
  for (const resource of model.resources.values()) {
    if (resource.isApart) continue;
    const walk = new PathWalk(model, resource, options);
    const { reachedBy, type, collection, capabilities } = resource;
    const path = `/${reachedBy}`;
    const start = { path, template: path, keys: [], isKeyed: false, isLinked: false };
    walk.visit({ ...start, navigation: [], type, collection, capabilities });
    found.push(...walk.found);
  }
  return found;
}

/** The operations that are bound to what answers at the address. */
export function boundOperations(model: Model, at: ServicePath): Operation[] {
  return [...model.operations.values()].flat().filter((operation) => {
    const [binding] = operation.parameters;
    if (!operation.bound || !binding || binding.collection !== at.collection) return false;
    const { type } = binding;
    return type.kind === 'entity' && isKindOf(at.type, type as StructuredType);
  });
}

class PathWalk {
  readonly found: ServicePath[] = [];
  private readonly model: Model;
  private readonly resource: Resource;
  private readonly options: WalkOptions;

  constructor(model: Model, resource: Resource, options: WalkOptions) {
    this.model = model;
    this.resource = resource;
    this.options = options;
  }

  visit(at: ServicePath): void {
    this.found.push(at);
    if (at.isLinked && !this.options.followsLinks) return;
    if (at.collection) {
      if (at.type.keyParts.length > 0) this.visit(this.member(at));
      return;
    }
    if (at.navigation.length >= this.options.depthMax) return;
    for (const { name, target, collection, contains } of at.type.navigation.values()) {
      const navigation = [...at.navigation, name];
      this.visit({
        path: `${at.path}/${name}`,
        template: `${at.template}/${name}`,
        type: target,
        collection,
        keys: at.keys,
        isKeyed: false,
        capabilities: findCapabilities(this.model, this.resource, navigation.join('/')),
        navigation,
        isLinked: !contains,
      });
    }
  }

  private member(at: ServicePath): ServicePath {
    const keys = at.type.keyParts.map((part) => keyOf(at, part));
    const path = at.path + this.keySegment(keys, at.type.keyParts);
    const template = `${at.template}/{id}`;
    return { ...at, path, template, collection: false, isKeyed: true, keys: [...at.keys, ...keys] };
  }

  private keySegment(keys: readonly PathKey[], parts: readonly KeyPart[]): string {
    const [only, ...others] = keys;
    if (only && others.length === 0) {
      const { annotations } = this.model.container;
      const isSegment = annotations[`${CAPABILITIES}.KeyAsSegmentSupported`] === true;
      return isSegment ? `/{${only.name}}` : `(${written(only)})`;
    }
    return `(${keys.map((key, index) => `${parts[index]?.name}=${written(key)}`).join(',')})`;
  }
}

function written({ name, property }: PathKey): string {
  return property?.type.name === 'Edm.String' ? `'{${name}}'` : `{${name}}`;
}

/** A name for the key that no other key of the path has: `user-id`, then `user-id1`. */
function keyOf(at: ServicePath, part: KeyPart): PathKey {
  const name = `${localName(at.type.name)}-${part.name}`;
  const same = at.keys.filter((key) => key.name.replace(/\d+$/, '') === name).length;
  let type: StructuredType | undefined = at.type;
  let property: Property | undefined;
  for (const segment of part.path) {
    property = type?.properties.get(segment);
    type = property?.type.kind === 'complex' ? property.type : undefined;
  }
  return { name: same === 0 ? name : `${name}${same}`, property };
}
