import { postBindMembers } from '#model/decorated/post-bind.ts';
import type { Document } from '#plan/document.ts';
import { isCallers, maskMembers, viewOf } from '../access/view.ts';
import type { TypeRules } from '../type-rules.ts';
import { Decoration, type DecorationPart } from './decoration.ts';
import { typedValue } from './document-values.ts';
import { readEndorsements } from './endorsements.ts';
import { showRecent } from './experiences.ts';
import { describeHighlights } from './highlights.ts';
import { initialProfile } from './initial-profile.ts';
import { localeValue } from './locale.ts';
import { mappedNames } from './mapped-members.ts';
import { pictureOf } from './picture.ts';
import { readSalesNavigator } from './sales-navigator.ts';
import { relationMembers } from './viewer-relation.ts';
import { writeMapped } from './write-mapped.ts';

/** Above this many connections nobody learns the number: the example of the type `Connection`. */
const CONNECTION_COUNT_MAX = 500;

const noHighlights: Document = { simpleProfileHighlights: [], profileHighlights: [] };

/** What is worked out together, by the members that it gives. */
const parts: readonly DecorationPart[] = [
  {
    names: ['recentPositions', 'totalPositionCount', 'recentEducations', 'totalEducationCount'],
    async give(decoration) {
      const { positions, educations } = await decoration.background();
      return {
        recentPositions: showRecent(positions),
        totalPositionCount: positions.length,
        recentEducations: showRecent(educations),
        totalEducationCount: educations.length,
      };
    },
  },
  { names: mappedNames, give: (decoration) => decoration.mapped() },
  {
    names: ['picture'],
    async give({ members, viewee, context: { reader } }) {
      return { picture: await pictureOf(reader, viewee, members) };
    },
  },
  { names: ['locale'], give: ({ locale }) => ({ locale: localeValue(locale) }) },
  {
    names: ['connection'],
    async give({ context: { reader, place } }) {
      const count = await reader.connections.count(place.address.owner);
      const value = {
        count: Math.min(count, CONNECTION_COUNT_MAX),
        countObfuscated: count > CONNECTION_COUNT_MAX,
      };
      return { connection: typedValue('Connection', value) };
    },
  },
  {
    names: Object.keys(relationMembers(undefined)),
    give: async (decoration) => relationMembers(await decoration.relation()),
  },
  {
    names: Object.keys(noHighlights),
    async give(decoration) {
      const facts = await decoration.highlightFacts();
      return facts ? describeHighlights(facts) : noHighlights;
    },
  },
  {
    names: ['totalEndorsedSkillCount'],
    async give(decoration) {
      const { skills } = await decoration.mapped();
      const endorsed = readEndorsements(decoration.members, skills as string[]);
      return { totalEndorsedSkillCount: endorsed.length };
    },
  },
  {
    names: ['salesNavigatorInfo'],
    async give(decoration) {
      const look = await decoration.salesLook();
      return { salesNavigatorInfo: look ? await readSalesNavigator(look) : null };
    },
  },
];

/**
 * A member as the caller sees them: what is stored, what follows from the profile's facets, and
 * what lies between the two people. An application is nobody's acquaintance: it sees null there.
 */
export const decoratedProfileRules: TypeRules = {
  /** Every user has a profile; until somebody writes it, the directory's user speaks for it. */
  async initial({ model, reader, caller, place }) {
    const { address, ownerId } = place;
    const record = await reader.read({ ...address, path: '', key: '' });
    const user = record && (JSON.parse(record.text) as Document);
    const type = model?.resources.get('users')?.type;
    if (!user || !model || !type) return user && initialProfile(ownerId, user);
    const view = viewOf(model, caller, type, isCallers(caller, 'users', ownerId));
    return initialProfile(ownerId, maskMembers(view, user));
  },

  spread: writeMapped,

  complete: (members, { place }) => ({ ...members, id: place.ownerId }),

  async decorate(members, context) {
    const { wanted } = context;
    const asked = parts.filter(({ names }) => !wanted || names.some((name) => wanted.has(name)));
    const decoration = new Decoration(members, context);
    const given = await Promise.all(asked.map((part) => part.give(decoration)));
    const shown: Document = Object.assign({ ...members }, ...given);
    const hidden = [...postBindMembers].filter((name) => !wanted || wanted.has(name));
    if (hidden.length === 0 || (await decoration.isBound())) return shown;
    for (const name of hidden) shown[name] = Array.isArray(shown[name]) ? [] : null;
    return shown;
  },
};
