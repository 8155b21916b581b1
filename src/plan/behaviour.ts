import type { Caller } from './caller.ts';
import type { Document, Value } from './document.ts';
import type { Store } from './store.ts';

/**
 * What a module of behaviours exports as `operations`: what each action and function does, by its
 * qualified name. All overloads of a name have one behaviour; what they are bound to and their
 * parameters tell them apart.
 */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/**
 * Carries out one call and gives its result: a value of the declared type, or nothing. Entities and
 * complex values are objects with their members, as JSON has them. What it throws with a `status`
 * from 400 to 499, a `code` and a `message` is sent as that refusal; whatever else it throws is an
 * error of the server.
 */
export type Behaviour = (call: BehaviourCall) => unknown;

/**
 * The same of an operation of Kith's own, which may be given by what a client cannot address. What
 * it commits, commits with the call.
 */
export type OwnBehaviour = (
  call: BehaviourCall,
  own: { readonly store: Store; readonly caller: Caller },
) => unknown;

/** What each operation does, be it Kith's own or a module's. */
export type OwnBehaviours = Readonly<Record<string, OwnBehaviour>>;

/** One call of an operation. */
export interface BehaviourCall {
  /** The qualified name. */
  readonly operation: string;
  /** The parameters by name, checked against their types; optional ones may be missing. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** What a bound operation is called on; undefined for an import. */
  readonly binding: BehaviourBinding | undefined;
  readonly caller: BehaviourCaller;
  /**
   * What the service keeps, as the caller may see and change it. What an action writes commits when
   * it ends, all of it or nothing; it may be run again where another's commit came between.
   */
  readonly store: BehaviourStore;
}

/** What a bound operation is called on. */
export interface BehaviourBinding {
  /** The qualified name of the type that the operation is bound to. */
  readonly type: string;
  /** Where it stands below the service root; undefined for the result of another operation. */
  readonly path: string | undefined;
  /** The entity or value; undefined for a collection of entities with a path, for `list` to read. */
  readonly value: Value | undefined;
}

/** Who calls: a user, an application, both, or nobody in particular. */
export interface BehaviourCaller {
  readonly tenant: string;
  readonly user: string | undefined;
  readonly app: string | undefined;
}

/**
 * Reads and writes what the service keeps, by URLs below its root: `Products(1)`,
 * `Orders(1)/Items?$filter=Quantity gt 1`. Every rule of the service holds, and what it refuses is
 * thrown. A function that writes is an error.
 */
export interface BehaviourStore {
  /** One entity or value; undefined where there is none. */
  read(url: string): Promise<Value | undefined>;
  /** The members of a collection, at most `limit`, or a thousand where nothing is said. */
  list(url: string, limit?: number): Promise<readonly Document[]>;
  /** Adds an entity to a collection, and gives it as it is kept. */
  create(url: string, members: Document): Promise<Document>;
  /** Changes members of an entity, and gives it as it is kept; a complex value merges. */
  update(url: string, members: Document): Promise<Document>;
  /** Removes an entity. */
  remove(url: string): Promise<void>;
}
