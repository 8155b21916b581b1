import { type Clock, formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Behaviour } from '#plan/behaviour.ts';
import { checkNewPassword } from '../directory/passwords.ts';
import { boundObject } from './bound-object.ts';

/** Whether a password is the one that a person of a tenant has. */
export type CheckPassword = (tenant: string, id: string, password: string) => Promise<boolean>;

/** Gives a person another password, who has to know the one before. */
export function changePassword(clock: Clock, check: CheckPassword): Behaviour {
  return async (call) => {
    const { currentPassword, newPassword } = call.parameters;
    if (typeof currentPassword !== 'string' || typeof newPassword !== 'string') {
      const name = typeof currentPassword === 'string' ? 'newPassword' : 'currentPassword';
      const message = `The parameter '${name}' is needed.`;
      throw new Refusal('badRequest', message, { target: name });
    }
    const { id, path } = boundObject(call);
    checkNewPassword({ password: newPassword }, undefined);
    if (!(await check(call.caller.tenant, id, currentPassword))) {
      const what = 'The specified password does not match the current one.';
      throw new Refusal('badRequest', what, { target: 'currentPassword' });
    }
    await call.store.update(path, {
      passwordProfile: { password: newPassword, forceChangePasswordNextSignIn: false },
      signInSessionsValidFromDateTime: formatInstant(clock.now()),
    });
  };
}

/** Ends whatever sessions a person has: tokens from before now are refused. */
export function revokeSignInSessions(clock: Clock): Behaviour {
  return async (call) => {
    const { path } = boundObject(call);
    await call.store.update(path, {
      signInSessionsValidFromDateTime: formatInstant(clock.now()),
    });
    return true;
  };
}
