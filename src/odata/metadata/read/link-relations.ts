import type {
  EntityDeclaration,
  NavigationDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
} from '#model/schema.ts';

/** A navigation property and the type that declares it. */
interface End {
  readonly name: string;
  readonly navigation: NavigationDeclaration;
}

/**
 * Gives every navigation that contains nothing the relation whose links the store keeps. CSDL names
 * no relations: a navigation and its partner are the two ends of one; one without a partner has its
 * own. What leads from a contained entity back to its owner is stored as `..`.
 */
export function linkRelations(declarations: readonly TypeDeclaration[]): TypeDeclaration[] {
  const links = new Relations(declarations);
  return declarations.map((declaration) => {
    if (declaration.kind === 'enum' || !declaration.navigation) return declaration;
    const owner = `${declaration.namespace}.${declaration.name}`;
    const linked = Object.entries(declaration.navigation).map(([name, navigation]) => [
      name,
      { ...navigation, ...links.of({ name: `${owner}/${name}`, navigation }) },
    ]);
    const properties = indexDependents(declaration.properties, declaration.navigation);
    return { ...declaration, properties, navigation: Object.fromEntries(linked) };
  });
}

/** Columns of a set's table: an index of theirs has the name that one of a property would have. */
const COLUMNS = new Set(['id', 'num']);

/** An index for each single property that depends on a principal: it is what links follow from. */
function indexDependents(
  properties: Readonly<Record<string, PropertyDeclaration>>,
  navigation: Readonly<Record<string, NavigationDeclaration>>,
): Readonly<Record<string, PropertyDeclaration>> {
  const indexed = { ...properties };
  for (const { constraints = {} } of Object.values(navigation)) {
    const [name, ...others] = Object.keys(constraints);
    const property = name === undefined ? undefined : properties[name];
    if (!property || property.collection || others.length > 0 || COLUMNS.has(name!)) continue;
    indexed[name!] = { ...property, index: 'ordered' };
  }
  return indexed;
}

class Relations {
  private readonly entities = new Map<string, EntityDeclaration>();
  /** Partners by the end that they belong to, in both directions. */
  private readonly partners = new Map<string, End>();

  constructor(declarations: readonly TypeDeclaration[]) {
    for (const each of declarations) {
      if (each.kind === 'entity') this.entities.set(`${each.namespace}.${each.name}`, each);
    }
    for (const [type, { navigation }] of this.entities) {
      for (const [name, each] of Object.entries(navigation)) {
        this.pair({ name: `${type}/${name}`, navigation: each });
      }
    }
  }

  of(end: End): Pick<NavigationDeclaration, 'relation' | 'inverse' | 'storedAs'> {
    if (end.navigation.contains) return {};
    const partner = this.partners.get(end.name);
    if (partner?.navigation.contains) return { storedAs: '..' };
    if (!partner || isForward(end, partner)) return { relation: end.name };
    return { relation: partner.name, inverse: true };
  }

  private pair(end: End): void {
    const partner = this.partnerOf(end);
    if (!partner || partner.name === end.name) return;
    if (this.partners.has(end.name) || this.partners.has(partner.name)) return;
    this.partners.set(end.name, partner);
    this.partners.set(partner.name, end);
  }

  /** The end that `Partner` names: on the target, on its bases, or on the type that it casts to. */
  private partnerOf({ navigation }: End): End | undefined {
    const path = navigation.partner?.split('/') ?? [];
    const name = path.pop();
    if (name === undefined || path.some((segment) => !segment.includes('.'))) return undefined;
    let type: string | undefined = path.at(-1) ?? navigation.target;
    for (const seen = new Set<string>(); type !== undefined && !seen.has(type); ) {
      seen.add(type);
      const declaration = this.entities.get(type);
      const found = declaration?.navigation[name];
      if (found) return { name: `${type}/${name}`, navigation: found };
      type = declaration?.base;
    }
    return undefined;
  }
}

/** Links lead from the dependent end, else from the single-valued one, else by the names' order. */
function isForward(end: End, other: End): boolean {
  const marks = [end, other].map(({ navigation }) => [
    navigation.constraints !== undefined,
    !navigation.collection,
  ]);
  const [own = [], others = []] = marks;
  const decisive = own.findIndex((mark, index) => mark !== others[index]);
  return decisive < 0 ? end.name < other.name : own[decisive] === true;
}
