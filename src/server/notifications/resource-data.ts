import { Refusal } from '#errors.ts';
import type { Root } from '#model/schema.ts';
import type { Caller, Tenant } from '#plan/caller.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import type { DataRecipient } from './encrypt-resource.ts';

/** As whom, and how, a subscription reads the resources whose data it is sent. */
export interface DataReading extends DataRecipient {
  readonly root: Root;
  /** The options of the subscription's resource: `$select=displayName`. */
  readonly query: string;
  readonly user: string | undefined;
  readonly app: string | undefined;
  readonly permissions: readonly string[];
}

/** What notifications with resource data need of the running server. */
export interface ResourceData {
  /** The resource as whoever has subscribed reads it; undefined where there is none for them. */
  read(tenant: Tenant, reading: DataReading, path: readonly string[]): Promise<string | undefined>;
  /** A token by which an application knows that a notification comes from this server. */
  prove(tenant: Tenant, app: string): string;
}

type Answer = (request: ServiceRequest, parts: ServiceParts) => MaybePromise<ServiceAnswer>;

/** Reads by requests to the service, made inside the process. */
export function openResourceData(parts: {
  readonly service: ServiceParts;
  readonly answer: Answer;
  readonly origin: () => string;
  readonly prove: ResourceData['prove'];
}): ResourceData {
  const { service, answer, origin, prove } = parts;
  return {
    prove,
    async read(tenant, { root, query, user, app, permissions }, path) {
      const caller: Caller = {
        ...{ tenant, user, app, isUnrestricted: false },
        permissions: new Set(permissions),
      };
      const request: ServiceRequest = {
        ...{ method: 'GET', root, query, headers: {}, body: undefined, origin: origin() },
        path: `/${path.map(encodeURIComponent).join('/')}`,
      };
      try {
        const { body } = await answer(request, { ...service, identify: () => caller });
        return body === undefined ? undefined : String(body);
      } catch (error) {
        // It has gone meanwhile, or is no longer theirs to see.
        if (error instanceof Refusal && error.status < 500) return undefined;
        throw error;
      }
    },
  };
}
