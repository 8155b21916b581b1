import type { Clock } from '#clock.ts';
import type { OwnBehaviours } from '#plan/behaviour.ts';
import { linkedInBehaviours } from '../linked-in/behaviours.ts';
import { type CheckPassword, changePassword, revokeSignInSessions } from './accounts.ts';
import { restoreDeleted } from './deleted-items.ts';
import {
  getAvailableExtensionProperties,
  getByIds,
  validateProperties,
} from './directory-objects.ts';
import { doNothing, renewGroup, setting } from './groups.ts';
import { assignLicense, reprocessLicenseAssignment } from './licences.ts';
import { checkMemberGroups, getMemberGroups } from './memberships.ts';

/** What the actions of Kith's own model do, by their qualified names. */
export function graphBehaviours(parts: {
  readonly clock: Clock;
  readonly checkPassword: CheckPassword;
}): OwnBehaviours {
  const { clock, checkPassword } = parts;
  const behaviours: OwnBehaviours = {
    ...linkedInBehaviours(clock),
    addFavorite: setting({ isFavorite: true }),
    assignLicense: assignLicense(clock),
    changePassword: changePassword(clock, checkPassword),
    checkMemberGroups,
    checkMemberObjects: checkMemberGroups,
    getAvailableExtensionProperties,
    getByIds,
    getMemberGroups,
    getMemberObjects: getMemberGroups,
    invalidateAllRefreshTokens: revokeSignInSessions(clock),
    removeFavorite: setting({ isFavorite: false }),
    renew: renewGroup(clock),
    reprocessLicenseAssignment: reprocessLicenseAssignment(clock),
    resetUnseenCount: setting({ unseenCount: 0 }),
    restore: restoreDeleted,
    retryServiceProvisioning: doNothing,
    revokeSignInSessions: revokeSignInSessions(clock),
    subscribeByMail: setting({ isSubscribedByMail: true }),
    unsubscribeByMail: setting({ isSubscribedByMail: false }),
    validateProperties,
  };
  return Object.fromEntries(
    Object.entries(behaviours).map(([name, behaviour]) => [`microsoft.graph.${name}`, behaviour]),
  );
}
