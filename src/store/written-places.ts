/** Whatever there is of a tenant. */
export const EVERYWHERE = '*';

/** How often each tenant has been written by this process, place by place (`Reader.writesAt`). */
export class WrittenPlaces {
  private readonly tenants = new Map<number, Map<string, number>>();

  /** Notes where a commit has written. */
  note(tenant: number, places: Iterable<string>): void {
    const known = this.tenants.get(tenant) ?? new Map<string, number>();
    this.tenants.set(tenant, known);
    for (const place of places) known.set(place, (known.get(place) ?? 0) + 1);
  }

  count(tenant: number, places: readonly string[]): number {
    const known = this.tenants.get(tenant);
    if (!known) return 0;
    let sum = known.get(EVERYWHERE) ?? 0;
    for (const place of places) sum += known.get(place) ?? 0;
    return sum;
  }
}
