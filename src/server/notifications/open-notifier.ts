import type { AuthorityParts } from '#authority/authority-parts.ts';
import { type Minter, mintToken } from '#authority/tokens/mint-token.ts';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { handleRequest } from '../handle.ts';
import type { ServiceParts } from '../service-parts.ts';
import { Notifier } from './notifier.ts';
import { openResourceData } from './resource-data.ts';

/** The application that Graph's notifications come from (the page on validating tokens). */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const LIFETIME_SECONDS = 3600;

/** Begins to tell subscriptions of changes, until it is disposed. */
export function openNotifier(parts: {
  readonly service: ServiceParts;
  readonly store: OpenedStore;
  readonly stored: Model;
  readonly authority: AuthorityParts;
}): Notifier {
  const { service, store, stored: model, authority } = parts;
  const { clock, log, notifications } = service;
  const { keys, origins } = authority;
  const origin = () => origins().main;
  const data = openResourceData({
    ...{ service, origin, answer: handleRequest },
    prove: (tenant, app) => mintNotificationToken(tenant, app, { keys, clock, origin: origin() }),
  });
  return new Notifier({
    store,
    secrets: store.authority,
    model,
    clock,
    log,
    data,
    ...notifications,
  });
}

/** A token for an application that says who sends it a notification. */
function mintNotificationToken(tenant: Tenant, app: string, minter: Minter): string {
  const claims = { tenantId: tenant.id, user: undefined, app: PUBLISHER, permissions: [] };
  return mintToken({ ...claims, audience: app, lifetimeSeconds: LIFETIME_SECONDS }, minter);
}
