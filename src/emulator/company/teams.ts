import type { GroupPlan } from './group-plans.ts';
import { makeGuid } from './guid.ts';
import { company as words } from './vocabulary/phrases.ts';

/** The line of a group's team; its id is the group's. */
export function describeTeam(seed: number, plan: GroupPlan, createdDateTime: string): object {
  return {
    '@set': 'groups/team',
    '@parent': `groups('${plan.id}')`,
    id: plan.id,
    displayName: plan.name,
    description: plan.description,
    createdDateTime,
    visibility: plan.visibility === 'Public' ? 'public' : 'private',
    isArchived: false,
    specialization: 'none',
    internalId: `19:${plan.id.replaceAll('-', '')}@thread.tacv2`,
    tenantId: makeGuid(seed, 'tenant', 0),
    webUrl: `https://teams.${words.domain}/l/team/${plan.id}`,
    memberSettings: {
      allowAddRemoveApps: true,
      allowCreatePrivateChannels: true,
      allowCreateUpdateChannels: true,
      allowCreateUpdateRemoveConnectors: true,
      allowCreateUpdateRemoveTabs: true,
      allowDeleteChannels: plan.visibility === 'Public',
    },
    guestSettings: { allowCreateUpdateChannels: false, allowDeleteChannels: false },
    messagingSettings: {
      allowChannelMentions: true,
      allowOwnerDeleteMessages: true,
      allowTeamMentions: true,
      allowUserDeleteMessages: true,
      allowUserEditMessages: true,
    },
    funSettings: {
      allowCustomMemes: true,
      allowGiphy: true,
      allowStickersAndMemes: true,
      giphyContentRating: 'moderate',
    },
  };
}
