import type { Navigation, Property, StructuredType } from '#model/model.ts';
import type { CollectionQuery, SelectedProperty, Selection } from '#plan/query.ts';
import type { ComputedMember } from '../bind-compute.ts';
import { defaultSelection } from './nothing-asked.ts';

/** What is chosen of one property. */
export interface Chosen {
  readonly property: Property;
  readonly cast: StructuredType | undefined;
  isWhole: boolean;
  /** Of a complex property: what is chosen inside. */
  inside: ChosenMembers | undefined;
  /** What `$compute` adds to all of it. */
  computed: readonly ComputedMember[];
  query: CollectionQuery | undefined;
  hasOptions: boolean;
}

/** What `$select` chooses of a type, collected from its items: their union. */
export class ChosenMembers {
  readonly type: StructuredType;
  /** What `$compute` adds, to be chosen by its alias. */
  readonly computed: readonly ComputedMember[];
  isAll = false;
  readonly links = new Set<Navigation>();
  readonly undeclared = new Set<string>();
  readonly aliases = new Set<string>();
  private readonly properties = new Map<Property, Chosen>();

  constructor(type: StructuredType, computed: readonly ComputedMember[]) {
    this.type = type;
    this.computed = computed;
  }

  /** The entry of a property of the type, or of one it is cast to; new where it is named first. */
  choose(property: Property, from: StructuredType): Chosen {
    const found = this.properties.get(property);
    if (found) return found;
    const isDeclared = this.type.properties.get(property.name) === property;
    const cast = isDeclared || from === this.type ? undefined : from;
    const rest = { inside: undefined, query: undefined, hasOptions: false };
    const chosen: Chosen = { property, cast, isWhole: false, computed: [], ...rest };
    this.properties.set(property, chosen);
    return chosen;
  }

  /** What is chosen inside a complex property. */
  inside(
    property: Property,
    from: StructuredType,
    computed: readonly ComputedMember[] = [],
  ): ChosenMembers {
    const chosen = this.choose(property, from);
    const type = property.type as StructuredType & { kind: 'complex' };
    chosen.inside ??= new ChosenMembers(type, computed);
    return chosen.inside;
  }

  /**
   * The union, its properties in model order, those of derived types behind. Properties that are
   * implied are shown beside what is chosen.
   */
  toSelection(implied: ReadonlySet<Property> = new Set()): Selection {
    const { isAll, links, aliases, computed } = this;
    const declared = [...this.type.properties.values()];
    const others = [...this.properties.keys()].filter((each) => !declared.includes(each));
    const isShown = (each: Property) => isAll || this.properties.has(each) || implied.has(each);
    const shown = [...declared.filter(isShown), ...others];
    return {
      properties: shown.map((each) =>
        implied.has(each) && !isAll && !this.properties.has(each)
          ? { property: each, inside: undefined, isImplied: true }
          : this.selected(each),
      ),
      undeclared: isAll ? 'all' : [...this.undeclared],
      links: [...links],
      expand: [],
      compute: computed.filter(({ alias }) => isAll || aliases.has(alias)),
    };
  }

  private selected(property: Property): SelectedProperty {
    const chosen = this.properties.get(property);
    if (!chosen) return { property, inside: undefined, query: undefined };
    const { inside, query, computed, cast } = chosen;
    const isWhole = chosen.isWhole || this.isAll || !inside;
    if (!isWhole) return { property, inside: inside.toSelection(), query, cast };
    const whole = computed.length > 0 ? { ...defaultSelection, compute: computed } : undefined;
    return { property, inside: whole, query, cast };
  }
}
