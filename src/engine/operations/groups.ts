import { type Clock, formatInstant } from '#clock.ts';
import type { Behaviour } from '#plan/behaviour.ts';
import { boundObject } from './bound-object.ts';

/** Starts the life of a group anew. */
export function renewGroup(clock: Clock): Behaviour {
  return async (call) => {
    const { path } = boundObject(call);
    await call.store.update(path, { renewedDateTime: formatInstant(clock.now()) });
  };
}

/** Sets members of a group to what an action says. */
export function setting(members: Readonly<Record<string, boolean | number>>): Behaviour {
  return async (call) => {
    const { path } = boundObject(call);
    await call.store.update(path, members);
  };
}

/** Nothing is left to do: what other services would do is done here at once. */
export const doNothing: Behaviour = async () => {};
