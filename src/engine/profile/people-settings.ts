import type { Document, Value } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { reachOf } from './audiences.ts';

/** Where what administrators say is kept: below a singleton that nobody has to make. */
export const SETTINGS = { set: 'admin', owner: 0, path: 'people' } as const;

/** What administrators say of the facets of one kind. */
export interface FacetSetting {
  /** Whom such facets reach at most, and where nothing else is said; undefined without a limit. */
  readonly audience: string | undefined;
  /** Whether what a person says of their own goes before it. */
  readonly isOverridable: boolean;
  /** The sources of which facets come first, by their ids. */
  readonly sourceIds: readonly string[];
}

/** What administrators say, by the navigations of profiles; and as of which versions. */
export interface PeopleSettings {
  readonly facets: ReadonlyMap<string, FacetSetting>;
  readonly mark: string;
}

const nothingSaid: PeopleSettings = { facets: new Map(), mark: '' };

/** Reads what administrators of the tenant have said. */
export async function readPeopleSettings(reader: Pick<Reader, 'list'>): Promise<PeopleSettings> {
  const { set, owner, path } = SETTINGS;
  const rows = await reader.list(set, owner, `${path}/profilePropertySettings`);
  if (rows.length === 0) return nothingSaid;
  const facets = new Map(
    rows.map(({ text }) => {
      const members = JSON.parse(text) as Document;
      return [String(members.name), settingOf(members)] as const;
    }),
  );
  return { facets, mark: rows.map(({ key, version }) => `${key} ${version}`).join() };
}

function settingOf(members: Document): FacetSetting {
  const { allowedAudiences, isUserOverrideForAudienceEnabled, prioritizedSourceUrls } = members;
  const urls = Array.isArray(prioritizedSourceUrls) ? prioritizedSourceUrls : [];
  return {
    audience: typeof allowedAudiences === 'string' ? allowedAudiences : undefined,
    isOverridable: isUserOverrideForAudienceEnabled === true,
    sourceIds: urls.flatMap((url) => sourceIn(String(url)) ?? []),
  };
}

/** The source that a URL such as `.../profileSources(sourceId='x')` names. */
function sourceIn(url: string): string | undefined {
  return /\(sourceId='((?:[^']|'')*)'\)/.exec(url)?.[1]?.replaceAll("''", "'");
}

/**
 * Whom a facet reaches: whom its person says, but for those whom the administrators leave out where
 * they let nobody override it. `own` is undefined of a facet of which the person has said nothing.
 */
export function reachBy(setting: FacetSetting | undefined, own: Value | undefined): number {
  if (setting?.audience === undefined) return reachOf(own);
  const limit = reachOf(setting.audience);
  if (own === undefined) return limit;
  return setting.isOverridable ? reachOf(own) : limit & reachOf(own);
}
