import type { Document } from '#plan/document.ts';
import type { CalendarDate } from './calendar.ts';
import { textOf, typedValue } from './document-values.ts';
import type { Experience } from './experiences.ts';
import type { Language } from './locale.ts';
import { listOccasions, type OccasionFacts } from './occasions.ts';
import { english } from './phrases/english.ts';
import { french } from './phrases/french.ts';
import { german } from './phrases/german.ts';
import { japanese } from './phrases/japanese.ts';
import type { Phrases } from './phrases/phrases.ts';
import { type SharedConnections, sharedConnectionsValue } from './shared-connections.ts';
import {
  findSharedOrganizations,
  type SharedOrganization,
  sharedOrganizationValue,
} from './shared-organizations.ts';

/** What a person has done, the most recent first. */
export interface Background {
  readonly positions: readonly Experience[];
  readonly educations: readonly Experience[];
}

/** All that highlights are made from. */
export interface HighlightFacts {
  readonly viewer: Background;
  readonly viewee: Background;
  /** The viewee's first name. */
  readonly name: string;
  readonly shared: SharedConnections;
  readonly birthday: OccasionFacts['birthday'];
  readonly today: CalendarDate;
  readonly language: Language;
}

const phrases: Readonly<Record<Language, Phrases>> = {
  en: english,
  de: german,
  fr: french,
  ja: japanese,
};

/** The sentence names so many where it does not name all. */
const NAMED_BEFORE_OTHERS = 2;

/** `profileHighlights` and `simpleProfileHighlights`: the same ground, as data and as sentences. */
export function describeHighlights(facts: HighlightFacts): Document {
  const { viewer, viewee, shared, birthday, today } = facts;
  const work = findSharedOrganizations(viewer.positions, viewee.positions, today);
  const study = findSharedOrganizations(viewer.educations, viewee.educations, today);
  const highlights: Document[] = [
    ...(shared.count > 0 ? [{ sharedConnections: sharedConnectionsValue(shared) }] : []),
    ...(work.length > 0 ? [{ sharedExperiences: experiencesValue(work) }] : []),
    ...(study.length > 0 ? [{ sharedEducations: educationsValue(study) }] : []),
    ...listOccasions({ positions: viewee.positions, birthday, today }),
  ];
  return {
    simpleProfileHighlights: [
      ...(shared.count > 0 ? [tellConnections(facts)] : []),
      ...work.map((each) => tellOrganization(facts, 'work', each)),
      ...study.map((each) => tellOrganization(facts, 'study', each)),
    ],
    profileHighlights: highlights.map((each) =>
      typedValue('DecoratedProfileProfileHighlights', each),
    ),
  };
}

function experiencesValue(shared: readonly SharedOrganization[]): Document {
  const sharedExperiences = shared.map((each) => sharedOrganizationValue('SharedExperience', each));
  return typedValue('SharedExperiences', { sharedExperiences });
}

function educationsValue(shared: readonly SharedOrganization[]): Document {
  const sharedEducations = shared.map((each) => sharedOrganizationValue('SharedEducation', each));
  return typedValue('SharedEducations', { sharedEducations });
}

function tellConnections({ name, shared, language }: HighlightFacts): Document {
  const { top, count, page } = shared;
  const named = count > top.length ? top.slice(0, NAMED_BEFORE_OTHERS) : top;
  const names = named.map(({ fullName }) => fullName);
  return typedValue('SimpleProfileHighlight', {
    title: phrases[language].countConnections(count),
    detail: phrases[language].bothKnow(name, names, count - names.length),
    type: 'SharedConnections',
    link: page,
  });
}

function tellOrganization(
  { name, language }: HighlightFacts,
  kind: 'work' | 'study',
  { organization, overlap }: SharedOrganization,
): Document {
  const ground = { kind, name, organization: organization.name, overlap };
  return typedValue('SimpleProfileHighlight', {
    title: phrases[language].nameGround(ground),
    detail: phrases[language].tellGround(ground),
    type: kind === 'work' ? 'SharedExperiences' : 'SharedEducations',
    link: textOf(organization.url),
  });
}
