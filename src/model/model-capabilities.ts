/**
 * What clients may do with a set, a singleton, or what a navigation leads to (Capabilities
 * vocabulary). Names of properties and navigations are paths from the entity.
 */
export interface Capabilities {
  readonly readable: boolean;
  /** Whether one entity may be read by its key. */
  readonly readableByKey: boolean;
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** Whether the collection itself takes a delta payload; only where the model says so. */
  readonly deltaUpdatable: boolean;
  /** Whether the whole collection is replaced by PUT; only where the model says both. */
  readonly replaceable: boolean;
  readonly deletable: boolean;
  readonly nonInsertable: ReadonlySet<string>;
  readonly nonUpdatable: ReadonlySet<string>;
  readonly topSupported: boolean;
  readonly skipSupported: boolean;
  readonly selectSupported: boolean;
  readonly filter: FilterCapability;
  readonly sort: SortCapability;
  readonly search: SearchCapability;
  readonly count: CountCapability;
  readonly expand: ExpandCapability;
  /** What navigations restrict for themselves, by path; absent where the target's set decides. */
  readonly navigation: ReadonlyMap<string, Capabilities>;
}

/** What Capabilities.FilterRestrictions says: which filters a collection takes. */
export interface FilterCapability {
  readonly filterable: boolean;
  /** Reading the collection needs a filter. */
  readonly isRequired: boolean;
  readonly required: ReadonlySet<string>;
  readonly nonFilterable: ReadonlySet<string>;
  /** The only expressions that a property takes: `SingleValue`, `MultiRange`, and so on. */
  readonly expressions: ReadonlyMap<string, string>;
}

/** What Capabilities.SortRestrictions says: by what a collection may be ordered. */
export interface SortCapability {
  readonly sortable: boolean;
  readonly ascendingOnly: ReadonlySet<string>;
  readonly descendingOnly: ReadonlySet<string>;
  readonly nonSortable: ReadonlySet<string>;
}

/** Capabilities.SearchRestrictions; the operators that are not understood: `AND`, `NOT`, `phrase`. */
export interface SearchCapability {
  readonly searchable: boolean;
  readonly unsupported: ReadonlySet<string>;
}

/** What Capabilities.CountRestrictions says: whether members are counted. */
export interface CountCapability {
  readonly countable: boolean;
  readonly nonCountable: ReadonlySet<string>;
}

/** What Capabilities.ExpandRestrictions says: which navigations are shown inline, how deep. */
export interface ExpandCapability {
  readonly expandable: boolean;
  readonly nonExpandable: ReadonlySet<string>;
  /** The greatest depth; undefined without one. */
  readonly levelsMax: number | undefined;
}
