import { Refusal } from '#errors.ts';
import type { Property } from '#model/model.ts';
import { searchedProperties } from '#model/searched-properties.ts';
import type { Expression, SearchExpression } from '#plan/expression.ts';
import { tokenise } from '#plan/tokenise.ts';
import { searchTable, wordOf } from '../../search-words.ts';
import type { RowBinding } from '../binding.ts';
import type { Context } from '../context.ts';
import { balance, type Fragment, raw, sql } from '../fragment.ts';

type Phrase = SearchExpression & { kind: 'phrase' };

/**
 * `$search`. A phrase is found where its tokens stand one after another in one of the searched
 * properties. `property:text` is found where the property has a token that begins with each of
 * the text's, in any order; a property that is not tokenised has to start with the text.
 */
export function compileSearch(
  context: Context,
  search: SearchExpression,
  row: RowBinding,
): Fragment {
  switch (search.kind) {
    case 'not':
      return sql`NOT (${compileSearch(context, search.operand, row)})`;
    case 'and':
    case 'or': {
      const operands = search.operands.map((each) => compileSearch(context, each, row));
      return balance(operands, search.kind === 'and' ? 'AND' : 'OR');
    }
    case 'among':
      return context.words.among('integer', raw(row.owner), search.owners);
    case 'facet': {
      const message = 'What people know is searched in lists of people alone.';
      throw new Refusal('notImplemented', message, { target: '$search' });
    }
    case 'phrase':
      return search.property
        ? compileClause(context, search, search.property, row)
        : compilePhrase(context, search, row);
  }
}

function compilePhrase(context: Context, { text }: Phrase, row: RowBinding): Fragment {
  const tokens = tokenise(text);
  const properties = searchedOf(row);
  // What has no tokens, such as a lone symbol, is found nowhere, and nothing in what has no texts.
  if (tokens.length === 0 || properties.length === 0) return raw('1 = 0');
  const phrases = properties.map((name) => tokens.map((token) => wordOf(name, token)));
  return found(context, row, context.words.phraseQuery(phrases));
}

function compileClause(
  context: Context,
  { text }: Phrase,
  property: Property,
  row: RowBinding,
): Fragment {
  const isTokenised = row.layout && searchedOf(row).includes(property.name);
  if (!isTokenised) return startsWith(context, text, property, row);
  const tokens = tokenise(text);
  if (tokens.length === 0) return raw('1 = 0');
  const words = tokens.map((token) => wordOf(property.name, token));
  return found(context, row, context.words.prefixQuery(words));
}

function found(context: Context, row: RowBinding, query: string): Fragment {
  const table = searchTable(row.layout!.set);
  return sql`${row.owner} IN (${context.words.foundIn(table, query)})`;
}

function searchedOf(row: RowBinding): readonly string[] {
  if (row.layout) return searchedProperties(row.layout.type);
  const message = 'What an entity contains is not searched by words.';
  throw new Refusal('notImplemented', message, { target: '$search' });
}

function startsWith(context: Context, text: string, property: Property, row: RowBinding): Fragment {
  const { type } = property;
  if (type.kind === 'complex' || (type.kind === 'primitive' && type.name !== 'Edm.String')) {
    const message = `The property '${property.name}' cannot be searched.`;
    throw new Refusal('notImplemented', message, { target: '$search' });
  }
  const scope = new Map([['$it', row]]);
  const result = { type, collection: property.collection };
  const step = { kind: 'property', property } as const;
  const path = { kind: 'path', result, variable: '$it', steps: [step] } as const;
  const member = {
    kind: 'path',
    result: { type, collection: false },
    variable: 'member',
    steps: [],
  } as const;
  const sought = {
    kind: 'literal',
    result: { type: undefined, collection: false },
    value: text,
  } as const;
  const call = (value: Expression): Expression => ({
    kind: 'call',
    name: 'startswith',
    result: { type: undefined, collection: false },
    args: [value, sought],
  });
  if (!property.collection) return sql`(${context.condition(call(path), scope, false)}) IS TRUE`;
  const any = {
    kind: 'any',
    collection: path,
    variable: 'member',
    predicate: call(member),
  } as const;
  return context.condition(any, scope, false);
}
