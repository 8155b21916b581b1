import type { Clock } from '#clock.ts';
import type { OwnBehaviours } from '#plan/behaviour.ts';
import { closeInvitations } from './close-invitations.ts';
import { flagContent } from './flag-content.ts';
import { saveVieweeAsLead, unsaveVieweeAsLead } from './leads.ts';
import {
  getAppFamilyDetails,
  getAppFamilyStatus,
  getEnabledUsersForLinkedIn,
  getGroupSupportedAppFamilyStatus,
  provisionAppFamily,
  setAppFamilyStatus,
} from './organization-status.ts';
import {
  getLinkedInStatus,
  notifyConsent,
  revokeDualGrant,
  revokeLocalGrant,
  revokeLocalGrantByMid,
  setLinkedInEnabled,
  setLinkedInStatus,
} from './person-status.ts';

/** What the operations of LinkedIn do, by their names. */
export function linkedInBehaviours(clock: Clock): OwnBehaviours {
  return {
    inviteeClosingInvitation: closeInvitations(clock),
    saveVieweeAsLead: saveVieweeAsLead(clock),
    unsaveVieweeAsLead,
    flagContent: flagContent(clock),
    getLinkedInStatus,
    setLinkedInStatus,
    setLinkedInEnabled,
    revokeDualGrant,
    revokeLocalGrant,
    revokeLocalGrantByMid,
    notifyConsent,
    getEnabledUsersForLinkedIn,
    getAppFamilyStatus,
    getAppFamilyDetails,
    getGroupSupportedAppFamilyStatus,
    setAppFamilyStatus,
    provisionAppFamily,
  };
}
