import {
  functionOf,
  type OperationDeclaration,
  type OperationValueDeclaration,
  type ParameterDeclaration,
} from '../schema-operations.ts';

/** A function of a collection whose entities are of the type. */
function functionOfAll(
  name: string,
  type: string,
  returns: OperationValueDeclaration,
  parameter: ParameterDeclaration,
): OperationDeclaration {
  const isSame = returns.type === type;
  return functionOf(name, returns, {
    bound: true,
    ...(isSame ? { entitySetPath: 'bindingParameter' } : {}),
    parameters: [{ name: 'bindingParameter', type, collection: true }, parameter],
  });
}

const ids = { type: 'Edm.String', collection: true } as const;
const profile = 'DecoratedProfile';
const connection = 'DecoratedProfileConnection';
const searchResult = 'DecoratedProfileSearchResult';

/** What finds decorated profiles beside reading them by id. */
export const profileFunctions: readonly OperationDeclaration[] = [
  functionOfAll(
    'viewees',
    profile,
    { type: profile, collection: true },
    { name: 'viewees', ...ids },
  ),
  functionOfAll(
    'batchGet',
    profile,
    { type: 'DecoratedProfileBatchGetResult', collection: false },
    { name: 'ids', ...ids },
  ),
  functionOfAll(
    'viewer',
    connection,
    { type: connection, collection: true },
    { name: 'name', type: 'Edm.String', collection: false, optional: true },
  ),
  functionOfAll(
    'batchQuery',
    searchResult,
    { type: searchResult, collection: true },
    { name: 'queries', type: 'DecoratedProfileSearchQuery', collection: true },
  ),
];
