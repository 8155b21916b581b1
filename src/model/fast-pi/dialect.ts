import { beta } from '../beta.ts';
import { FAST_PI } from '../schema.ts';

/** What all types of the Fast.PI dialect have in common. */
export const fastPi = { namespace: FAST_PI, ...beta } as const;
