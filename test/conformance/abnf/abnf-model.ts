/**
 * A model with the names that OData's cases of the grammar assume, as CSDL XML: one entity type
 * with every property and relation, and types derived from it, so that as many paths as can lead
 * somewhere.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const all = JSON.parse(readFileSync(join(import.meta.dirname, 'names.json'), 'utf8')) as {
  readonly core: Readonly<Record<string, readonly string[]>>;
};
const { core } = all;
const base = 'Model.Thing';
const many = (type: string) => `Collection(${type})`;

/** What each parameter of the cases' functions takes. */
const parameters: Readonly<Record<string, string>> = {
  categoryId: 'Edm.Int32',
  color: 'Edm.String',
  complex: 'Model.Address',
  customer: 'Model.Customer',
  ManagerID: 'Edm.Int32',
  Size: 'Edm.Int32',
  Ingredients: many('Edm.String'),
};
/** The functions that take one of them. */
const takes: Readonly<Record<string, string>> = {
  ProductsByCategoryId: 'categoryId',
  ProductsByColor: 'color',
  ProductsByComplex: 'complex',
  ProductsByCustomer: 'customer',
  EmployeesByManager: 'ManagerID',
  WithIngredients: 'Ingredients',
};
/** What functions give, by the rule that names them. */
const results: Readonly<Record<string, string>> = {
  complexColFunction: many('Model.Address'),
  complexFunction: 'Model.Address',
  entityColFunction: many(base),
  entityFunction: base,
  primitiveColFunction: many('Edm.String'),
  primitiveFunction: 'Edm.String',
};

function namesOf(rule: string): readonly string[] {
  return (core[rule] ?? []).filter((name) => /^[A-Za-z]\w*$/.test(name));
}

function properties(rule: string, type: string): string[] {
  return namesOf(rule).map((name) => `<Property Name="${name}" Type="${type}"/>`);
}

function relations(rule: string, type: string): string[] {
  return namesOf(rule).map((name) => `<NavigationProperty Name="${name}" Type="${type}"/>`);
}

function functionOf(name: string, result: string, bound: string | undefined): string {
  const binding = bound ? `<Parameter Name="it" Type="${bound}" Nullable="false"/>` : '';
  const taken = takes[name];
  const own = taken ? `<Parameter Name="${taken}" Type="${parameters[taken]}"/>` : '';
  const facets = `Name="${name}" IsComposable="true"${bound ? ' IsBound="true"' : ''}`;
  return `<Function ${facets}>${binding}${own}<ReturnType Type="${result}"/></Function>`;
}

function boundFunctions(rule: string): string[] {
  const result = results[rule]!;
  return namesOf(rule).flatMap((name) =>
    [many(base), base].map((bound) => functionOf(name, result, bound)),
  );
}

/** Functions by import, each under its own name. */
function unboundFunctions(rule: string): { functions: string[]; imports: string[] } {
  const names = namesOf(`${rule}Import`);
  return {
    functions: names.map((name) => functionOf(name, results[rule]!, undefined)),
    imports: names.map((name) => `<FunctionImport Name="${name}" Function="Model.${name}"/>`),
  };
}

function actions(): string[] {
  return namesOf('action').flatMap((name) =>
    [many(base), base].map(
      (bound) =>
        `<Action Name="${name}" IsBound="true"><Parameter Name="it" Type="${bound}"/></Action>`,
    ),
  );
}

/** The whole model. */
export function writeAbnfModel(): string {
  const unbound = Object.keys(results).map(unboundFunctions);
  const derived = namesOf('entityTypeName').map(
    (name) => `<EntityType Name="${name}" BaseType="${base}"/>`,
  );
  const values = [
    ...properties('primitiveNonKeyProperty', 'Edm.String').filter((each) => !/"code"/.test(each)),
    ...properties('primitiveColProperty', many('Edm.String')),
    ...properties('streamProperty', 'Edm.Stream'),
  ];
  const inside =
    '<Property Name="Street" Type="Edm.String"/><Property Name="City" Type="Edm.String"/>';
  const schema = [
    `<ComplexType Name="Address">${inside}`,
    `<NavigationProperty Name="Country" Type="${base}"/>`,
    `<NavigationProperty Name="Products" Type="${many(base)}"/></ComplexType>`,
    '<ComplexType Name="AddressWithLocation" BaseType="Model.Address">',
    '<Property Name="Location" Type="Edm.GeographyPoint"/></ComplexType>',
    '<EntityType Name="Thing" OpenType="true"><Key><PropertyRef Name="ID"/></Key>',
    '<Property Name="ID" Type="Edm.Int32" Nullable="false"/>',
    ...values,
    ...properties('complexProperty', 'Model.Address'),
    ...properties('complexColProperty', many('Model.Address')),
    ...relations('entityNavigationProperty', base),
    ...relations('entityColNavigationProperty', many(base)),
    '</EntityType>',
    ...derived,
    ...Object.keys(results).flatMap(boundFunctions),
    ...unbound.flatMap(({ functions }) => functions),
    ...actions(),
    ...namesOf('actionImport').map((name) => `<Action Name="${name}"/>`),
    '<EntityContainer Name="Container">',
    ...namesOf('entitySetName').map((name) => `<EntitySet Name="${name}" EntityType="${base}"/>`),
    ...namesOf('singletonEntity').map((name) => `<Singleton Name="${name}" Type="${base}"/>`),
    ...unbound.flatMap(({ imports }) => imports),
    ...namesOf('actionImport').map(
      (name) => `<ActionImport Name="${name}" Action="Model.${name}"/>`,
    ),
    '</EntityContainer>',
  ];
  return [
    '<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    '<edmx:DataServices><Schema Namespace="Model" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    ...schema,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}
