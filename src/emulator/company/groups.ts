import { securityIdentifierOf } from '#ids.ts';
import { formatMoment, today } from './calendar.ts';
import type { GroupPlan } from './group-plans.ts';
import { type Company, personId } from './person.ts';
import { describePhoto } from './photos.ts';
import { Random } from './random.ts';
import { describeTeam } from './teams.ts';
import { company as words } from './vocabulary/phrases.ts';

/** The mailbox of a group that nobody has set up otherwise. */
const mailbox = {
  allowExternalSenders: false,
  autoSubscribeNewMembers: false,
  hideFromAddressLists: false,
  hideFromOutlookClients: false,
  isSubscribedByMail: true,
  unseenCount: 0,
};

/** The lines of a group: itself, its photo in every second case, and its team if it has one. */
export function* describeGroup(company: Company, plan: GroupPlan): Generator<object> {
  const random = new Random(company.seed, 'group', plan.number);
  const { id, kind } = plan;
  const created = formatMoment(today - random.between(30, 3_000), random.below(86_400));
  const isMicrosoft365 = kind === 'microsoft365';
  const mail = `${plan.nickname}@${words.domain}`;
  const bind = (index: number): string => `users('${personId(company.seed, index)}')`;
  yield {
    '@set': 'groups',
    id,
    displayName: plan.name,
    description: plan.description,
    mailNickname: plan.nickname,
    mailEnabled: isMicrosoft365,
    securityEnabled: !isMicrosoft365,
    groupTypes: isMicrosoft365 ? ['Unified'] : [],
    mail: isMicrosoft365 ? mail : null,
    proxyAddresses: isMicrosoft365 ? [`SMTP:${mail}`] : [],
    visibility: isMicrosoft365 ? plan.visibility : null,
    ...(isMicrosoft365 ? mailbox : {}),
    createdDateTime: created,
    renewedDateTime: created,
    resourceProvisioningOptions: plan.hasTeam ? ['Team'] : [],
    securityIdentifier: securityIdentifierOf(id),
    'owners@odata.bind': Array.from(plan.members.slice(0, plan.owners), bind),
    'members@odata.bind': Array.from(plan.members, bind),
  };
  if (plan.hasTeam) yield describeTeam(company.seed, plan, created);
  if (random.percent(50)) yield describePhoto(`groups('${id}')/photo`, 'emblem');
}
