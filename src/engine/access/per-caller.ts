import type { Caller } from '#plan/caller.ts';

/**
 * What has been worked out for callers, kept for as long as each of them is known. Requests of one
 * caller often follow each other: the last one is found without a search.
 */
export class PerCaller<Key, Value> {
  private readonly known = new WeakMap<Caller, Map<Key, Value>>();
  private last: Caller | undefined;
  private lastKnown = new Map<Key, Value>();

  /** What is known under the key. */
  find(caller: Caller, key: Key): Value | undefined {
    return this.of(caller).get(key);
  }

  /** Remembers it, and gives it. */
  keep(caller: Caller, key: Key, value: Value): Value {
    this.of(caller).set(key, value);
    return value;
  }

  private of(caller: Caller): Map<Key, Value> {
    if (caller === this.last) return this.lastKnown;
    const found = this.known.get(caller) ?? new Map<Key, Value>();
    if (found.size === 0) this.known.set(caller, found);
    this.last = caller;
    this.lastKnown = found;
    return found;
  }
}
