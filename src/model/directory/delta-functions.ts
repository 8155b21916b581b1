import { functionOf, type OperationDeclaration } from '../schema-operations.ts';

/** Tells what has changed among the members of a collection. */
function deltaOf(type: string): OperationDeclaration {
  return functionOf(
    'delta',
    { type, collection: true },
    {
      bound: true,
      entitySetPath: 'bindingParameter',
      parameters: [{ name: 'bindingParameter', type, collection: true }],
    },
  );
}

/** The collections whose changes are told. */
export const deltaFunctions: readonly OperationDeclaration[] = [
  'user',
  'group',
  'contact',
  'contactFolder',
  'application',
  'servicePrincipal',
].map(deltaOf);
