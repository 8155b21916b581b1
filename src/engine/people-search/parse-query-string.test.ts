import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facetNames } from '#model/profile/facet-members.ts';
import { parseQueryString } from './parse-query-string.ts';

const anywhere = (text: string) => ({ kind: 'facet', facets: facetNames, text });
const among = (facet: string, text: string) => ({ kind: 'facet', facets: [facet], text });

test('words, phrases and facets are looked for, together or in turn', () => {
  const cases: readonly [query: string, search: unknown][] = [
    ['rust', anywhere('rust')],
    ['rus*', anywhere('rus')],
    ['skills:rust', among('skills', 'rust')],
    ['skills:"machine learning"', among('skills', 'machine learning')],
    ['rust Berlin', { kind: 'and', operands: [anywhere('rust'), anywhere('Berlin')] }],
    ['rust AND go', { kind: 'and', operands: [anywhere('rust'), anywhere('go')] }],
    [
      'skills:rust go OR "deep learning"',
      {
        kind: 'or',
        operands: [
          { kind: 'and', operands: [among('skills', 'rust'), anywhere('go')] },
          anywhere('deep learning'),
        ],
      },
    ],
    ['', undefined],
    ['— OR', undefined],
  ];
  for (const [query, search] of cases) {
    assert.deepEqual(parseQueryString(query).search, search, query);
  }
  assert.deepEqual(parseQueryString('Skills "Machine Learning"').terms, [
    'skills',
    'machine',
    'learning',
  ]);
});

test('what else KQL has is refused', () => {
  for (const query of ['NOT rust', '-rust', '(rust)', 'title:rust', 'a '.repeat(21)]) {
    assert.throws(() => parseQueryString(query), { target: 'queryString' }, query);
  }
});
