import type { Document } from '#plan/document.ts';
import type { RuleContext, TypeRules } from '../type-rules.ts';
import { type CalendarDate, checkedDate, dateAt, parseDate } from './calendar.ts';
import { partOf, textOf, typedValue } from './document-values.ts';
import {
  keepPublic,
  listEducations,
  listPositions,
  parseFacets,
  showRecent,
} from './experiences.ts';
import { type Background, describeHighlights } from './highlights.ts';
import { chooseLocale, localeValue } from './locale.ts';
import { readSharedConnections } from './shared-connections.ts';
import { type Member, readViewerRelation, relationMembers } from './viewer-relation.ts';

/** Above this many connections nobody learns the number: the example of the type `Connection`. */
const CONNECTION_COUNT_MAX = 500;

const noHighlights: Document = { simpleProfileHighlights: [], profileHighlights: [] };

/**
 * A member as the caller sees them: what is stored, what follows from the profile's facets, and
 * what lies between the two people. An application is nobody's acquaintance: it sees null there.
 */
export const decoratedProfileRules: TypeRules = {
  /** Every user has a profile; until somebody writes it, the directory's user speaks for it. */
  async initial(context) {
    const user = await readUser(context);
    if (!user) return undefined;
    const id = context.place.ownerId;
    const mail = textOf(user.mail);
    return {
      id,
      profileUrl: `https://www.linkedin.com/in/${encodeURIComponent(id)}`,
      firstName: textOf(user.givenName) ?? textOf(user.displayName) ?? '',
      lastName: textOf(user.surname) ?? null,
      headline: textOf(user.jobTitle) ?? null,
      location: textOf(user.officeLocation) ?? textOf(user.city) ?? null,
      emails: mail === undefined ? [] : [mail],
    };
  },

  complete: (members, { place }) => ({ ...members, id: place.ownerId }),

  async decorate(members, context) {
    const { reader, place, languages } = context;
    const { owner } = place.address;
    const [viewee, count, viewer] = await Promise.all([
      readBackground(context, owner, isSelf(context)),
      reader.connections.count(owner),
      findViewer(context),
    ]);
    const { positions, educations } = viewee;
    return {
      ...members,
      recentPositions: showRecent(positions),
      totalPositionCount: positions.length,
      recentEducations: showRecent(educations),
      totalEducationCount: educations.length,
      locale: localeValue(chooseLocale(languages)),
      connection: typedValue('Connection', {
        count: Math.min(count, CONNECTION_COUNT_MAX),
        countObfuscated: count > CONNECTION_COUNT_MAX,
      }),
      ...(await compare(members, context, { viewer, viewee })),
      // Nobody has a seat in Sales Navigator, and no endorsements are kept.
      salesNavigatorInfo: null,
      totalEndorsedSkillCount: 0,
    };
  },
};

/** What lies between viewer and viewee. */
async function compare(
  members: Document,
  context: RuleContext,
  { viewer, viewee }: { viewer: Member | undefined; viewee: Background },
): Promise<Document> {
  if (!viewer) return { ...relationMembers(undefined), ...noHighlights };
  const { reader, place, languages, now } = context;
  const encounter = { viewer, viewee: { owner: place.address.owner, id: place.ownerId } };
  if (isSelf(context)) {
    const relation = await readViewerRelation(reader, encounter, now);
    return { ...relationMembers(relation), ...noHighlights };
  }
  const [relation, own, shared, birthday] = await Promise.all([
    readViewerRelation(reader, encounter, now),
    readBackground(context, viewer.owner, true),
    readSharedConnections(reader, encounter),
    readBirthday(members, context),
  ]);
  const name = textOf(members.firstName) ?? textOf(members.lastName) ?? '';
  const { language } = chooseLocale(languages);
  const today = dateAt(now);
  const facts = { viewer: own, viewee, name, shared, birthday, today, language };
  return { ...relationMembers(relation), ...describeHighlights(facts) };
}

function isSelf({ caller, place }: RuleContext): boolean {
  return caller.user === place.ownerId;
}

async function findViewer(context: RuleContext): Promise<Member | undefined> {
  const { caller, place, reader } = context;
  if (caller.user === undefined) return undefined;
  if (isSelf(context)) return { owner: place.address.owner, id: place.ownerId };
  const found = await reader.find('users', 'id', caller.user, 'nothing');
  return found && { owner: found.owner, id: found.id };
}

/** Positions and educations; those for a narrower audience only where the person reads their own. */
async function readBackground(
  { reader }: RuleContext,
  owner: number,
  isOwn: boolean,
): Promise<Background> {
  const [positions, educations] = await Promise.all(
    ['positions', 'educationalActivities'].map(async (facet) => {
      const facets = parseFacets(await reader.list('users', owner, `profile/${facet}`));
      return isOwn ? facets : keepPublic(facets);
    }),
  );
  return { positions: listPositions(positions!), educations: listEducations(educations!) };
}

async function readUser({ reader, place }: RuleContext): Promise<Document | undefined> {
  const { owner } = place.address;
  const record = await reader.read({ set: 'users', owner, path: '', key: '' });
  return record && (JSON.parse(record.text) as Document);
}

/** The day that the member states, else the directory's. */
async function readBirthday(
  members: Document,
  context: RuleContext,
): Promise<Omit<CalendarDate, 'year'> | undefined> {
  const { month, day } = partOf(members.bornOn);
  // The year may be unknown; any leap year has all the days there are.
  const stated = checkedDate({ year: 2000, month: Number(month), day: Number(day) });
  if (stated) return stated;
  const known = parseDate((await readUser(context))?.birthday);
  // The year 1 is what `birthday` holds before anybody sets it.
  return known && known.year > 1 ? known : undefined;
}
