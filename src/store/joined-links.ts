/** Links that the transactions of a join have made and undone. */
export class JoinedLinks {
  /** By tenant, relation and source: the targets, and whether they are linked. */
  private readonly changed = new Map<string, Map<number, boolean>>();
  /** Entities that are gone, and their links with them. */
  private readonly removed = new Map<number, Set<number>>();

  set(place: LinkPlace, target: number, isLinked: boolean): void {
    const name = nameOf(place);
    const targets = this.changed.get(name) ?? new Map<number, boolean>();
    this.changed.set(name, targets.set(target, isLinked));
  }

  removeEntity(tenant: number, owner: number): void {
    const owners = this.removed.get(tenant) ?? new Set();
    this.removed.set(tenant, owners.add(owner));
  }

  /** The targets whose links are not what they were before, and whether they are linked now. */
  of(place: LinkPlace): ReadonlyMap<number, boolean> {
    const targets = new Map(this.changed.get(nameOf(place)));
    for (const owner of this.removed.get(place.tenant) ?? []) targets.set(owner, false);
    return targets;
  }

  /** Whether the source itself is gone. */
  isGone({ tenant, source }: LinkPlace): boolean {
    return this.removed.get(tenant)?.has(source) ?? false;
  }
}

/** Where links lead away from. */
export interface LinkPlace {
  readonly tenant: number;
  readonly relation: string;
  readonly source: number;
}

function nameOf({ tenant, relation, source }: LinkPlace): string {
  return JSON.stringify([tenant, relation, source]);
}
