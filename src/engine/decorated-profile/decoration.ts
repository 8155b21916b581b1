import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import { isBound } from '../linked-in/standing.ts';
import type { Facet } from '../profile/combine-facets.ts';
import { type FacetsByName, readFacets } from '../profile/person-facets.ts';
import type { ShowContext } from '../type-rules.ts';
import { dateAt } from './calendar.ts';
import { textOf } from './document-values.ts';
import { listEducations, listPositions } from './experiences.ts';
import type { Background, HighlightFacts } from './highlights.ts';
import { chooseLocale, type ProfileLocale } from './locale.ts';
import { mappedFacets, readBirthday, readMapped } from './mapped-members.ts';
import type { SalesLook } from './sales-navigator.ts';
import { readSharedConnections, type SharedConnections } from './shared-connections.ts';
import { type Member, readViewerRelation, type ViewerRelation } from './viewer-relation.ts';

/** The facets that tell what people have done. */
const experiences = ['positions', 'educationalActivities'] as const;

/** Members that are worked out together. */
export interface DecorationPart {
  readonly names: readonly string[];
  give(decoration: Decoration): MaybePromise<Document>;
}

/** One look of the caller at one profile: what several parts need is found out once. */
export class Decoration {
  /** What is stored of the profile. */
  readonly members: Document;
  readonly context: ShowContext;
  readonly locale: ProfileLocale;
  private found: Promise<Member | undefined> | undefined;
  private seen: Promise<FacetsByName> | undefined;
  private told: Promise<Document> | undefined;
  private done: Promise<Background> | undefined;
  private known: Promise<SharedConnections> | undefined;

  constructor(members: Document, context: ShowContext) {
    this.members = members;
    this.context = context;
    this.locale = chooseLocale(context.languages);
  }

  /** Whose profile it is. */
  get viewee(): Member {
    const { address, ownerId } = this.context.place;
    return { owner: address.owner, id: ownerId };
  }

  /** Whether people look at their own. */
  get isSelf(): boolean {
    return this.context.caller.user === this.context.place.ownerId;
  }

  /** Who looks; nobody where an application does. */
  viewer(): Promise<Member | undefined> {
    this.found ??= this.findViewer();
    return this.found;
  }

  /** The viewee's facets that the viewer sees. */
  facets(): Promise<FacetsByName> {
    const { owner } = this.viewee;
    this.seen ??= readFacets({ ...this.context, owner, facets: [...experiences, ...mappedFacets] });
    return this.seen;
  }

  /** The members that facets tell. */
  mapped(): Promise<Document> {
    this.told ??= this.facets().then((facets) => readMapped(this.members, facets));
    return this.told;
  }

  /** What the viewee has done, as far as the viewer sees it. */
  background(): Promise<Background> {
    this.done ??= this.facets().then(backgroundOf);
    return this.done;
  }

  /** What the viewee is to the viewer. */
  async relation(): Promise<ViewerRelation | undefined> {
    const { reader, now } = this.context;
    const viewer = await this.viewer();
    return viewer && readViewerRelation(reader, { viewer, viewee: this.viewee }, now);
  }

  /** Whom both know, as far as there are two. */
  private async shared(): Promise<SharedConnections | undefined> {
    const viewer = this.isSelf ? undefined : await this.viewer();
    if (!viewer) return undefined;
    const encounter = { viewer, viewee: this.viewee };
    this.known ??= readSharedConnections(this.context.reader, encounter);
    return this.known;
  }

  /** What highlights between the two are made from; people have none with themselves. */
  async highlightFacts(): Promise<HighlightFacts | undefined> {
    const [viewer, shared] = await Promise.all([this.viewer(), this.shared()]);
    if (!viewer || !shared) return undefined;
    const [own, theirs, facets] = await Promise.all([
      this.ownBackground(viewer),
      this.background(),
      this.facets(),
    ]);
    const birthday = readBirthday(this.members, facets);
    const { firstName, lastName } = this.members;
    const name = textOf(firstName) ?? textOf(lastName) ?? '';
    const { language } = this.locale;
    return {
      viewer: own,
      viewee: theirs,
      name,
      shared,
      birthday,
      today: dateAt(this.context.now),
      language,
    };
  }

  /** Whether the viewer has bound an account; an application need not. */
  isBound(): Promise<boolean> {
    const { caller, reader } = this.context;
    if (caller.user === undefined) return Promise.resolve(true);
    return this.once('bound', async () => {
      const viewer = await this.viewer();
      return viewer !== undefined && isBound(reader, viewer);
    });
  }

  /** What Sales Navigator tells is made from; who has bound an account has a seat. */
  async salesLook(): Promise<SalesLook | undefined> {
    const { reader, now, caller } = this.context;
    const [viewer, shared] = await Promise.all([this.viewer(), this.shared()]);
    if (!viewer || !shared || !(await this.isBound())) return undefined;
    const { positions } = await this.background();
    const { viewee, members: profile } = this;
    const contract = caller.tenant.displayName;
    return { reader, viewer, viewee, shared: shared.top, profile, positions, contract, now };
  }

  private findViewer(): Promise<Member | undefined> {
    const { caller, reader } = this.context;
    const { user } = caller;
    return this.once('viewer', async () => {
      const found =
        user === undefined ? undefined : await reader.find('users', 'id', user, 'nothing');
      return found && { owner: found.owner, id: found.id };
    });
  }

  private ownBackground({ owner }: Member): Promise<Background> {
    return this.once('background', async () => {
      return backgroundOf(await readFacets({ ...this.context, owner, facets: experiences }));
    });
  }

  /** What is the same for everybody whom one viewer is shown at once. */
  private once<Found>(name: string, find: () => Promise<Found>): Promise<Found> {
    const { once } = this.context;
    const known = once?.get(name) as Promise<Found> | undefined;
    const finding = known ?? find();
    once?.set(name, finding);
    return finding;
  }
}

function backgroundOf(facets: FacetsByName): Background {
  const { told = [], known = [] } = Object.groupBy(facets.get('positions') ?? [], (each) => {
    return each.derived ? 'known' : 'told';
  });
  const educations = facets.get('educationalActivities') ?? [];
  return {
    positions: listPositions(documentsOf(told), documentsOf(known)),
    educations: listEducations(documentsOf(educations)),
  };
}

function documentsOf(facets: readonly Facet[]): Document[] {
  return facets.map(({ members }) => members);
}
