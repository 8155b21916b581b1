import type { Store } from '#plan/store.ts';

/** A store that asks before each commit: what the gate throws rolls the transaction back. */
export function gatedStore(store: Store, gate: () => void): Store {
  const gated = <On, Result>(work: (on: On) => Promise<Result>) => {
    return async (on: On): Promise<Result> => {
      const result = await work(on);
      gate();
      return result;
    };
  };
  const guarded: Pick<Store, 'transact' | 'join'> = {
    transact: (tenant, work) => store.transact(tenant, gated(work)),
    join: (work) => store.join(gated(work)),
  };
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(guarded, name)) return Reflect.get(guarded, name);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
