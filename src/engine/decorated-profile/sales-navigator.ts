import { connectionPair } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { findLead, type SavedLead } from '../linked-in/leads.ts';
import { type Acquaintance, readAcquaintances } from './acquaintances.ts';
import { checkedDate, parseDate } from './calendar.ts';
import { partOf, textOf, typedValue } from './document-values.ts';
import { type Experience, organizationKey } from './experiences.ts';
import type { Encounter, Member } from './viewer-relation.ts';

/** What a viewer with a seat is told of a member, and what that is made from. */
export interface SalesLook extends Encounter {
  readonly reader: Reader;
  /** Some of those whom both know. */
  readonly shared: readonly Acquaintance[];
  /** What is stored of the viewee's profile. */
  readonly profile: Document;
  /** The viewee's positions, the most recent first. */
  readonly positions: readonly Experience[];
  /** The viewer's directory, whose people are the team. */
  readonly contract: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const TOP_MAX = 3;
const INSIGHTS_MAX = 10;
/** A connection that is older is no news. */
const NEWS_MILLISECONDS = 90 * 86_400_000;
const PAGES = 'https://www.linkedin.com/sales';

/** What is shared by its kind of media, where it is neither an article nor plain words. */
const insightTypes: Readonly<Record<string, string>> = { ARTICLE: 'SHARE_ARTICLE', NONE: 'POST' };

/** The `SalesNavigatorInfo` between two people. */
export async function readSalesNavigator(look: SalesLook): Promise<Document> {
  const { reader, viewer, viewee, contract } = look;
  const [lead, team, network] = await Promise.all([
    findLead(reader, viewer.owner, viewee.id),
    readTeam(look),
    listNetworkNews(look),
  ]);
  return typedValue('SalesNavigatorInfo', {
    profileUrl: leadPage(viewee),
    teamlinkInfo: team,
    insights: [...network, ...listInsights(look.profile)]
      .sort((one, other) => Number(other.createdAt) - Number(one.createdAt))
      .slice(0, INSIGHTS_MAX),
    savedLead: lead !== undefined,
    savedAccount: lead && accountValue(lead, look.positions),
    contractName: contract,
    contractChooserUrl: `${PAGES}/contract-chooser`,
  });
}

/**
 * Colleagues of the viewer who are connected with the viewee, those first whom the viewer is
 * connected with: everybody in the viewer's directory is a colleague.
 */
async function readTeam(look: SalesLook): Promise<Document | undefined> {
  const { reader, viewer, viewee, shared } = look;
  const { connections } = reader;
  const [degree] = await connections.degrees(viewer.owner, [viewee.owner]);
  const all = await connections.count(viewee.owner);
  const count = all - (degree === 'DISTANCE_1' ? 1 : 0);
  if (count === 0) return undefined;
  const first = shared.slice(0, TOP_MAX);
  const others = first.length < TOP_MAX ? await listOthers(look, TOP_MAX - first.length) : [];
  const top = [...first, ...others];
  return typedValue('SalesNavigatorTeamlinkInfo', {
    countOfTotalTeamlinkConnections: count,
    teamlinkSearchUrl: `${PAGES}/search/people?teamlinkOf=${encodeURIComponent(viewee.id)}`,
    topTeamlinks: top.map(personValue),
  });
}

/** Connections of the viewee with people whom the viewer does not know. */
async function listOthers(
  { reader, viewer, viewee, shared }: SalesLook,
  count: number,
): Promise<readonly Acquaintance[]> {
  const left = new Set([viewer.owner, ...shared.map(({ owner }) => owner)]);
  const limit = left.size + count;
  const neighbours = await reader.connections.neighbours(viewee.owner, 0, limit);
  const owners = neighbours.filter((owner) => !left.has(owner)).slice(0, count);
  return readAcquaintances(reader, owners);
}

/** Connections that the viewee has made lately with people whom the viewer is connected with. */
async function listNetworkNews(look: SalesLook): Promise<Document[]> {
  const { reader, viewee, now, shared } = look;
  const news = await Promise.all(
    shared.map(async (person) => {
      const pair = connectionPair(viewee.id, person.id);
      const found = await reader.find('connections', 'pair', pair, 'doc');
      const { since } = JSON.parse(found?.text ?? '{}') as Document;
      const createdAt = parseDate(since) ? Date.parse(String(since)) : undefined;
      if (createdAt === undefined || now - createdAt > NEWS_MILLISECONDS) return [];
      const value = { createdAt, insightType: 'IN_NETWORK', person: personValue(person) };
      return [typedValue('SalesNavigatorInsight', value)];
    }),
  );
  return news.flat();
}

/** What the viewee's profile says of news and posts; what has no day is left out. */
function listInsights({ newsMentions, userGeneratedContents }: Document): Document[] {
  const mentions = ((newsMentions ?? []) as Document[]).flatMap((each) => {
    const { title, snippet, url, thumbnail } = each;
    return insight(each, 'NEWS_MENTION', {
      title,
      detail: snippet,
      insightUrl: url,
      photoUrl: thumbnail,
    });
  });
  const posts = ((userGeneratedContents ?? []) as Document[]).flatMap((each) => {
    const { mediaCategory, title, description, url, thumbnails } = each;
    const type = insightTypes[String(mediaCategory)] ?? 'SHARE_CONTENT';
    const [photoUrl] = Array.isArray(thumbnails) ? thumbnails : [];
    return insight(each, type, { title, detail: description, insightUrl: url, photoUrl });
  });
  return [...mentions, ...posts];
}

function insight(
  { createdOn }: Document,
  insightType: string,
  { title, ...rest }: Document,
): Document[] {
  const { year, month = 1, day = 1 } = partOf(createdOn);
  const date = checkedDate({ year: Number(year), month: Number(month), day: Number(day) });
  if (!date) return [];
  const createdAt = Date.UTC(date.year, date.month - 1, date.day);
  const named = textOf(title) ?? textOf(rest.detail) ?? textOf(rest.insightUrl);
  return [typedValue('SalesNavigatorInsight', { createdAt, insightType, title: named, ...rest })];
}

/** The account of a lead, with what the viewee's position there says of the company. */
function accountValue(
  { accountName }: SavedLead,
  positions: readonly Experience[],
): Document | undefined {
  if (accountName === undefined) return undefined;
  const account = { name: accountName };
  const key = organizationKey({ organization: account });
  const known = positions.find((each) => organizationKey(each) === key);
  return typedValue('LinkedInOrganization', { ...known?.organization, ...account });
}

function personValue(person: Acquaintance): Document {
  const { firstName, lastName, picture: photoUrl } = person;
  const value = { firstName, lastName, url: leadPage(person), photoUrl };
  return typedValue('SalesNavigatorPersonInfo', value);
}

function leadPage({ id }: Member): string {
  return `${PAGES}/people/${encodeURIComponent(id)}`;
}
