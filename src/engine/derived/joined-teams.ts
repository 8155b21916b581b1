import type { Document } from '#plan/document.ts';
import { type Derivation, relatives } from './derivation.ts';

const GROUPS_MAX = 999;

/** The teams of the groups in which a person is a direct member. */
export const deriveJoinedTeams: Derivation = async (context) => {
  const link = { relation: 'members', inverse: true, owner: context.owner!.owner, set: 'groups' };
  const teams: Document[] = [];
  for (const { owner, id } of await relatives(context, link, GROUPS_MAX)) {
    const record = await context.reader.read({ set: 'groups', owner, path: 'team', key: '' });
    if (record) teams.push({ ...(JSON.parse(record.text) as Document), id });
  }
  return teams;
};
