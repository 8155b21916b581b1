import type { Dialect } from '#model/dialect.ts';
import type { EntityType, Navigation, PropertyType } from '#model/model.ts';
import type { Answer, AnswerMembers, Expanded, ListAnswer, ShownEntity } from '#plan/answer.ts';
import type { Document } from '#plan/document.ts';
import type { Selection } from '#plan/query.ts';
import { toDialect } from './translate-value.ts';

/** An answer about one entity, as the dialect says it; `selection` is what was asked in it. */
export function translateAnswer(dialect: Dialect, answer: Answer, selection: Selection): Answer {
  const context = wayIn(dialect, answer.context);
  return { ...translateEntity(dialect, answer, selection), context };
}

/** A page of a collection, as the dialect says it. */
export function translateList(
  dialect: Dialect,
  answer: ListAnswer,
  selection: Selection,
): ListAnswer {
  return {
    ...answer,
    context: wayIn(dialect, answer.context),
    members: answer.members.map((member) => translateEntity(dialect, member, selection)),
  };
}

/** The way to something, or the fragment of a context URL, with the set as the dialect names it. */
export function wayIn({ declaration }: Dialect, way: string): string {
  const [set = ''] = /^\w+/.exec(way) ?? [];
  const name = Object.entries(declaration.resources).find(([, meant]) => meant === set)?.[0];
  return name === undefined ? way : name + way.slice(set.length);
}

function translateEntity(dialect: Dialect, shown: ShownEntity, selection: Selection): ShownEntity {
  const { version, media } = shown;
  const type = wordOf<EntityType>(dialect, shown.type);
  const actualType = wordOf<EntityType>(dialect, shown.actualType);
  // What Graph shows inline of itself, the dialect shows where it is asked for.
  const asked = new Map(selection.expand.map((each) => [each.navigation.name, each]));
  const expanded = shown.expanded.flatMap((each) => {
    const expansion = asked.get(each.navigation.name);
    return expansion ? [translateExpanded(dialect, each, expansion.selection)] : [];
  });
  return {
    type,
    actualType,
    version,
    path: wayIn(dialect, shown.path),
    content: translateContent(dialect, actualType, shown),
    expanded,
    links: shown.links?.map((each) => wordOf<Navigation>(dialect, each)),
    ...(media ? { media } : {}),
  };
}

function translateContent(
  dialect: Dialect,
  type: EntityType,
  { content, actualType }: ShownEntity,
): AnswerMembers {
  if (content.kind !== 'members') {
    const members = documentOf(content);
    const names = type.properties.keys();
    return { kind: 'members', members: toDialect(dialect, type.name, members), names };
  }
  const { members, computed } = content;
  const names = [...content.names].filter((name) => {
    return type.properties.has(name) || !actualType.properties.has(name);
  });
  const said = toDialect(dialect, type.name, members);
  return {
    kind: 'members',
    members: said,
    names,
    ...(computed ? { computed: wordsFor(dialect, computed) } : {}),
  };
}

function documentOf(content: Exclude<ShownEntity['content'], AnswerMembers>): Document {
  if (content.kind === 'document') return content.document.parse();
  const text = content.kind === 'text' ? content.text : Buffer.from(content.bytes).toString();
  return JSON.parse(text) as Document;
}

function wordsFor(
  dialect: Dialect,
  types: ReadonlyMap<string, PropertyType>,
): ReadonlyMap<string, PropertyType> {
  return new Map([...types].map(([name, type]) => [name, wordOf<PropertyType>(dialect, type)]));
}

function translateExpanded(dialect: Dialect, expanded: Expanded, selection: Selection): Expanded {
  const navigation = wordOf<Navigation>(dialect, expanded.navigation);
  const { next } = expanded;
  const around = {
    navigation,
    count: expanded.count,
    ...(expanded.within ? { within: expanded.within } : {}),
    next: next && { ...next, path: wayIn(dialect, next.path) },
  };
  switch (expanded.kind) {
    case 'count':
      return { ...around, kind: 'count' };
    case 'references':
      return {
        ...around,
        kind: 'references',
        value: each(expanded.value, ({ path }) => ({ path: wayIn(dialect, path) })),
      };
    case 'entities':
      return {
        ...around,
        kind: 'entities',
        value: each(expanded.value, (one) => translateEntity(dialect, one, selection)),
      };
  }
}

function each<Shown>(
  value: Shown | undefined | readonly Shown[],
  translate: (one: Shown) => Shown,
): Shown | undefined | readonly Shown[] {
  if (Array.isArray(value)) return (value as readonly Shown[]).map(translate);
  return value === undefined ? undefined : translate(value as Shown);
}

/** What the dialect calls a part of Graph's model; itself where it has no word for it. */
function wordOf<Part extends object>({ words }: Dialect, part: Part): Part {
  return (words.get(part) as Part | undefined) ?? part;
}
