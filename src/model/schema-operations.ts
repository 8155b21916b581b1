/** The schema language of actions and functions, and of what imports them into the container. */

import { GRAPH, type Root, roots, type ValueFacets } from './schema.ts';
import type { Annotations } from './schema-annotations.ts';

/** What an operation takes or gives: a type by name, and its facets. */
export interface OperationValueDeclaration extends ValueFacets {
  readonly type: string;
  readonly collection: boolean;
  readonly nullable?: boolean;
  readonly annotations?: Annotations;
}

/** A parameter of an operation; the first one of a bound operation is what it is bound to. */
export interface ParameterDeclaration extends OperationValueDeclaration {
  readonly name: string;
  /** May be left out of a call (Core.OptionalParameter). */
  readonly optional?: true;
}

/** One overload of an action or a function. */
export interface OperationDeclaration {
  readonly kind: 'action' | 'function';
  readonly name: string;
  readonly namespace: string;
  readonly roots: readonly Root[];
  readonly bound?: true;
  readonly composable?: true;
  /** The way from the binding parameter to the set of what is returned. */
  readonly entitySetPath?: string;
  readonly parameters: readonly ParameterDeclaration[];
  readonly returns?: OperationValueDeclaration;
  readonly annotations?: Annotations;
  readonly description?: string;
}

/** An unbound operation that is called at the service root. */
export interface ImportDeclaration {
  readonly kind: 'action' | 'function';
  /** Name of the operation; all unbound overloads of a function are imported together. */
  readonly operation: string;
  /** The set of the entities that it returns. */
  readonly entitySet?: string;
  readonly inServiceDocument?: true;
  readonly roots: readonly Root[];
  readonly annotations?: Annotations;
}

type OperationOptions = Partial<Omit<OperationDeclaration, 'kind' | 'name'>>;

/** Declares an action; without options it is unbound, in `microsoft.graph`, at every root. */
export function action(name: string, options: OperationOptions): OperationDeclaration {
  return { kind: 'action', name, namespace: GRAPH, roots, parameters: [], ...options };
}

/** Declares a function; without options it is unbound, in `microsoft.graph`, at every root. */
export function functionOf(
  name: string,
  returns: OperationValueDeclaration,
  options: OperationOptions,
): OperationDeclaration {
  return { kind: 'function', name, namespace: GRAPH, roots, parameters: [], returns, ...options };
}
