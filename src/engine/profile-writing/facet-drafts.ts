import { formatExactInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import { localName, type Navigation } from '#model/model.ts';
import type { FacetHome } from '#model/profile/facet-homes.ts';
import { FACETS_MAX } from '#model/profile/facet-limits.ts';
import type { Change } from '#plan/change.ts';
import type { Document } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import {
  DEFAULT_AUDIENCE,
  isPublic,
  isReached,
  reachOf,
  type Standing,
} from '../profile/audiences.ts';
import type { Facet } from '../profile/combine-facets.ts';
import { homesOf } from '../profile/derive-facets.ts';
import { valueAt } from '../profile/member-path.ts';
import type { PeopleSettings } from '../profile/people-settings.ts';
import type { FacetsByName } from '../profile/person-facets.ts';
import { type Applied, applyChange, firstMembers } from '../writing/apply-change.ts';
import { checkFacet } from './check-facet.ts';
import type { FacetEdit } from './facet-edits.ts';
import { changesBesideHomes, followValues, homeChanges } from './home-changes.ts';
import { adoptFacet, beginFacet, isInferred, type Stamp, setByServer } from './stamp-facet.ts';

/** The collection in which a facet stands, by its name and that of its type. */
export interface FacetNavigation {
  readonly name: string;
  readonly target: { readonly name: string };
}

/** A facet that a request touches: as it was, and as it becomes. */
export interface FacetDraft {
  readonly navigation: FacetNavigation;
  readonly key: string;
  readonly before: Facet | undefined;
  /** Undefined where it is taken away. */
  readonly after: Document | undefined;
}

/** Who edits the facets of a person. */
export interface Editor {
  readonly standing: Standing;
  readonly stamp: Stamp;
  readonly settings: PeopleSettings;
  /** Whose facets are edited. */
  readonly personId: string;
}

/** What edits make of the facets of a person, and of the user with whom they are kept in step. */
export class FacetDrafts {
  private readonly facets: FacetsByName;
  private readonly editor: Editor;
  private readonly drafts = new Map<string, FacetDraft>();
  private readonly homes: Document = {};

  constructor(facets: FacetsByName, editor: Editor) {
    this.facets = facets;
    this.editor = editor;
  }

  /**
   * Makes one edit, and gives the facet. Refuses with 404 what is not there, does not reach the
   * editor or has been inferred, and with 400 what may not be.
   */
  edit(edit: FacetEdit): FacetDraft {
    const { navigation, before } = edit;
    if (edit.kind === 'create') {
      return this.create(navigation, firstMembers(withoutServers(edit.change)), before);
    }
    const held = this.find(navigation, edit.key);
    if (edit.kind === 'remove') return this.remove(held, before);
    const change = withoutServers(edit.change);
    return this.merge(held, (members) => applyChange(members, change), before);
  }

  /** Makes a facet of these members; refuses as an edit does. */
  add(navigation: FacetNavigation, members: Document, before: string): FacetDraft {
    return this.create(navigation, members, before);
  }

  /** Gives members of a facet other values; refuses as an edit does. */
  set(
    { navigation, key }: Pick<FacetDraft, 'navigation' | 'key'>,
    members: Document,
    before: string,
  ): FacetDraft {
    const changed = Object.keys(members);
    const apply = (held: Document) => ({ members: { ...held, ...members }, changed });
    return this.merge(this.find(navigation, key), apply, before);
  }

  /** Takes a facet away; refuses as an edit does. */
  take({ navigation, key }: Pick<FacetDraft, 'navigation' | 'key'>, before: string): FacetDraft {
    return this.remove(this.find(navigation, key), before);
  }

  /** Takes away all that the person has written, and leaves what comes from the directory. */
  clear(navigations: Iterable<Navigation>): void {
    for (const navigation of navigations) {
      for (const before of this.facets.get(navigation.name) ?? []) {
        if (!before.isStored) continue;
        this.keep({ navigation, key: before.key, before, after: undefined });
      }
    }
  }

  /** The facets that have been touched. */
  touched(): readonly FacetDraft[] {
    return [...this.drafts.values()];
  }

  /** The values of the user that change with them. */
  userChanges(user: Document): Document {
    const changes: Document = { ...this.homes };
    for (const name of new Set(this.touched().map(({ navigation }) => navigation.name))) {
      for (const home of homesOf(name)) {
        if (!home.isEach) continue;
        const { property, member } = home.members[0]!;
        const told = { before: this.told(name, member, 'before'), after: this.told(name, member) };
        const values = followValues(home, user, told);
        if (values) changes[property] = [...values];
      }
    }
    return changes;
  }

  private create(navigation: FacetNavigation, given: Document, before: string): FacetDraft {
    const { name, target } = navigation;
    const count = (this.facets.get(name)?.length ?? 0) + this.drafts.size;
    if (count >= FACETS_MAX) {
      const message = `A person has at most ${FACETS_MAX} of '${name}'.`;
      throw new Refusal('badRequest', message, { target: name });
    }
    const home = this.freeHome(name, given);
    const id = home ? derivedId(this.editor.personId, home) : newId();
    const { stamp, settings } = this.editor;
    const audience = settings.facets.get(name)?.audience ?? DEFAULT_AUDIENCE;
    const begun = { id, stamp, place: this.drafts.size, audience };
    const after = beginFacet(name, given, begun);
    const checked = { facet: name, resource: localName(target.name), before };
    checkFacet(checked, after);
    if (home) Object.assign(this.homes, homeChanges(home, { before: {}, after }, checked));
    return this.keep({ navigation, key: id, before: undefined, after });
  }

  /** The home of a new facet that all may see, where the user has nothing of the kind yet. */
  private freeHome(name: string, given: Document): FacetHome | undefined {
    if (!isPublic(reachOf(given.allowedAudiences))) return undefined;
    return homesOf(name).find((home) => {
      const { isEach, isRemovable, fixed, members } = home;
      const kinds = Object.entries(fixed);
      const isSame =
        kinds.length > 0 && kinds.every(([path, value]) => valueAt(given, path) === value);
      const isGiven = members.every(({ member }) => valueAt(given, member) !== null);
      const taken = (this.facets.get(name) ?? []).some(({ derived }) => derived?.home === home);
      const key = derivedId(this.editor.personId, home);
      const isFree = !taken && !this.drafts.has(`${name}/${key}`);
      return !isEach && isRemovable && isSame && isGiven && isFree;
    });
  }

  private merge(
    { navigation, key, before }: Found,
    apply: (held: Document) => Applied,
    prefix: string,
  ): FacetDraft {
    const { stamp } = this.editor;
    const held = this.drafts.get(nameOf(navigation, key))?.after ?? before!.members;
    const applied = apply(held);
    const draft = { navigation, key, before };
    if (applied.changed.length === 0) return this.keep({ ...draft, after: held });
    const { name, target } = navigation;
    const checked = { facet: name, resource: localName(target.name), before: prefix };
    const home = before?.derived?.home;
    const isAdopted = home?.isEach === true && !before!.isStored;
    const changed = isAdopted ? adoptFacet(applied.members, stamp) : applied.members;
    const members = {
      ...changed,
      lastModifiedBy: stamp.by,
      lastModifiedDateTime: formatExactInstant(stamp.now),
    };
    const values = { before: held, after: members };
    // Whoever clears what a facet starts from leaves nothing of it to be checked.
    const isCleared = home && !home.isEach && isGone(home.needed, members);
    if (!isCleared) checkFacet(checked, members);
    if (home && !home.isEach) Object.assign(this.homes, homeChanges(home, values, checked));
    return this.keep({ ...draft, after: members });
  }

  private remove({ navigation, key, before }: Found, prefix: string): FacetDraft {
    const home = before?.derived?.home;
    if (home && !home.isEach) {
      const { member } = home.members[0]!;
      const after = clearAt(before!.members, member.split('/'));
      const { name, target } = navigation;
      const checked = { facet: name, resource: localName(target.name), before: prefix };
      if (!home.isRemovable) throw keptByDirectory();
      Object.assign(this.homes, homeChanges(home, { before: before!.members, after }, checked));
    }
    return this.keep({ navigation, key, before, after: undefined });
  }

  private find(navigation: FacetNavigation, key: string): Found {
    const { name } = navigation;
    const draft = this.drafts.get(nameOf(navigation, key));
    if (draft) {
      if (draft.after === undefined) throw notThere();
      return draft;
    }
    const before = this.facets.get(name)?.find((each) => each.key === key);
    const isSeen = before && isReached(before.reach, this.editor.standing);
    if (!isSeen || isInferred(before.members)) throw notThere();
    return { navigation, key, before };
  }

  private keep(draft: FacetDraft): FacetDraft {
    this.drafts.set(nameOf(draft.navigation, draft.key), draft);
    return draft;
  }

  /** What the facets of a navigation tell everybody of the organization. */
  private told(name: string, member: string, when?: 'before'): string[] {
    const before = (this.facets.get(name) ?? []).map((each) => [each.key, each.members] as const);
    const all = new Map<string, Document>(before);
    for (const { navigation, key, after } of when ? [] : this.touched()) {
      if (navigation.name !== name) continue;
      if (after) all.set(key, after);
      else all.delete(key);
    }
    return [...all.values()].flatMap((members) => {
      const value = valueAt(members, member);
      const isTold = typeof value === 'string' && isPublic(reachOf(members.allowedAudiences));
      return isTold ? [value] : [];
    });
  }
}

type Found = Pick<FacetDraft, 'navigation' | 'key' | 'before'>;

/** Whether a facet that starts from the user has more than what the user has of it. */
export function isKeptBeside({ before, after }: FacetDraft): boolean {
  const home = before?.derived?.home;
  if (!home || home.isEach || before.isStored || !after) return true;
  return changesBesideHomes(home, before.members, after);
}

function nameOf({ name }: FacetNavigation, key: string): string {
  return `${name}/${key}`;
}

function isGone(needed: readonly string[], members: Document): boolean {
  return needed.every((path) => valueAt(members, path) === null);
}

function clearAt(members: Document, [name = '', ...rest]: readonly string[]): Document {
  if (rest.length === 0) return { ...members, [name]: null };
  return { ...members, [name]: clearAt((members[name] ?? {}) as Document, rest) };
}

/** A change without what only the server sets. */
function withoutServers(change: Change): Change {
  const members = [...change.members].filter(([name]) => !setByServer.has(name));
  return { ...change, members: new Map(members) };
}

/** Graph's refusal of a facet that is not there, or is not the caller's to change. */
function notThere(): Refusal {
  return new Refusal('facetNotFound', '');
}

function keptByDirectory(): Refusal {
  const message = 'This comes from the directory, which keeps it; change the user instead.';
  return new Refusal('accessDenied', message);
}
