import { formatDate, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import type { Person } from './person.ts';
import { Random } from './random.ts';

const workingWeeks = {
  monday: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  sunday: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'],
} as const;

/** The person's mailboxSettings, with every member of the type at `v1.0`. */
export function describeMailbox(seed: number, person: Person): object {
  const random = new Random(seed, 'mailbox', person.index);
  const { culture } = person.name;
  const { timeZone, weekStart } = person.place;
  const opens = random.between(7, 9);
  return {
    automaticRepliesSetting: describeAbsence(random, person),
    archiveFolder: makeGuid(seed, 'archive', person.index),
    language: { locale: culture.tag, displayName: culture.language },
    workingHours: {
      daysOfWeek: workingWeeks[weekStart],
      startTime: `0${opens}:00:00.0000000`,
      endTime: `${opens + 9}:00:00.0000000`,
      timeZone: { name: timeZone },
    },
    dateFormat: culture.dateFormat,
    timeFormat: culture.timeFormat,
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    timeZone,
    userPurpose: person.kind === 'resource' ? 'shared' : 'user',
  };
}

function describeAbsence(random: Random, person: Person): object {
  const status = random.percent(85) ? 'disabled' : random.pick(['scheduled', 'alwaysEnabled']);
  const leaves = today + random.between(-3, 60);
  const returns = leaves + random.between(1, 21);
  const message = `${person.name.latinGiven} is away and back on ${formatDate(returns)}.`;
  return {
    status,
    externalAudience: random.pick(['none', 'contactsOnly', 'all']),
    scheduledStartDateTime: { dateTime: `${formatDate(leaves)}T08:00:00.0000000`, timeZone: 'UTC' },
    scheduledEndDateTime: { dateTime: `${formatDate(returns)}T08:00:00.0000000`, timeZone: 'UTC' },
    internalReplyMessage: message,
    externalReplyMessage: message,
  };
}
