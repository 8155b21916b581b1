/** Short words of the schema language for what an operation is bound to and takes. */

import {
  action,
  type OperationDeclaration,
  type OperationValueDeclaration,
  type ParameterDeclaration,
} from './schema-operations.ts';

/** What an operation is bound to: one entity of the type. */
export function on(type: string): ParameterDeclaration {
  return { name: 'bindingParameter', type, collection: false, nullable: false };
}

/** What an operation is bound to: a collection of the type. */
export function onAll(type: string): ParameterDeclaration {
  return { name: 'bindingParameter', type, collection: true };
}

/** A parameter that a call must have. */
export function given(name: string, value: OperationValueDeclaration): ParameterDeclaration {
  return { name, ...value };
}

/** A parameter that a call may leave out. */
export function optional(name: string, value: OperationValueDeclaration): ParameterDeclaration {
  return { name, ...value, optional: true };
}

/** An action that gives a value, or nothing. */
export function calling(
  name: string,
  parameters: readonly ParameterDeclaration[],
  returns?: OperationValueDeclaration,
): OperationDeclaration {
  return action(name, { bound: true, parameters, ...(returns ? { returns } : {}) });
}
