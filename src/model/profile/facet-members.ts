import { declarations } from '../declarations.ts';
import { type EntityDeclaration, GRAPH, type PropertyDeclaration } from '../schema.ts';
import { profile } from './profile.ts';

const [declaration] = profile as readonly [EntityDeclaration];

/** What a root shows of a profile is a facet. */
const facets = Object.entries(declaration.navigation).filter(([, { roots }]) => !roots);

/** The navigations of a profile, in their order. */
export const facetNames: readonly string[] = facets.map(([name]) => name);

/** The collections of facets, each with the qualified name of its type. */
export const facetCollections: ReadonlyMap<string, { name: string; target: { name: string } }> =
  new Map(
    Object.entries(declaration.navigation).map(([name, { target }]) => {
      return [name, { name, target: { name: `${GRAPH}.${target}` } }];
    }),
  );

/** The qualified names of the types of facets. */
export const facetTypes: readonly string[] = facets.map(([, { target }]) => `${GRAPH}.${target}`);

const structured = new Map(
  declarations.flatMap((each) => {
    return each.kind === 'enum' || each.namespace !== GRAPH ? [] : [[each.name, each] as const];
  }),
);

/** The qualified name of the complex type that a facet has at a path of members. */
export function typeOfMember(facet: string, path: readonly string[]): string {
  let type = declaration.navigation[facet]!.target;
  for (const name of path) type = propertyOf(type, name).type;
  return `${GRAPH}.${type}`;
}

function propertyOf(type: string, name: string): PropertyDeclaration {
  const found = structured.get(type);
  const property = found?.properties[name];
  if (property) return property;
  if (!found?.base) throw new Error(`${type} has no ${name}.`);
  return propertyOf(found.base, name);
}
