import { test } from 'node:test';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { Address, StoredRecord, Writer } from '#plan/store.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { makeTenant, type StorePlace } from './stores.ts';

/** A store that is open, and a tenant of it. */
export interface OpenStore {
  readonly store: OpenedStore;
  readonly tenant: Tenant;
  readonly place: StorePlace;
}

/** Declares tests that each have an empty store on one database, which is closed behind them. */
export function storeTests(
  makePlace: () => Promise<StorePlace>,
  model: Model,
): (name: string, body: (open: OpenStore) => Promise<void>) => void {
  return (name, body) => {
    test(name, async () => {
      await using place = await makePlace();
      const store = await place.open(model);
      try {
        await body({ store, tenant: await makeTenant(store, 'one'), place });
      } finally {
        await store.close();
      }
    });
  };
}

/** The address of a root entity. */
export function root(set: string, owner: number): Address {
  return { set, owner, path: '', key: '' };
}

/** The members of a record. */
export function parse(record: { readonly text: string } | undefined): Document {
  return JSON.parse(record?.text ?? 'null') as Document;
}

/** Reads what stands at an address and removes it; gives what it was, or undefined for nothing. */
export async function removeAt(tx: Writer, address: Address): Promise<StoredRecord | undefined> {
  const record = await tx.read(address);
  if (record) tx.remove(address, record);
  return record;
}

/** A gate that opens when a number of parties have come. */
export function gate(parties: number): () => Promise<void> {
  let open = () => {};
  let missing = parties;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing <= 0) open();
    return opened;
  };
}
