import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Target } from '#plan/target.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceRequest } from '../service-request.ts';

/** A request with who asks it and what it is about. */
export interface Asked {
  readonly request: ServiceRequest;
  readonly parts: ServiceParts;
  readonly caller: Caller;
  /** The model of the root that is asked. */
  readonly model: Model;
  readonly target: Target;
}
