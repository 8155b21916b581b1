import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#errors.ts';
import { defaultFormat, jsonFormat, type MetadataLevel } from './json-format.ts';
import { negotiateFormat, parseFormat } from './negotiate-format.ts';

const accepted: readonly (readonly [string | undefined, MetadataLevel, boolean])[] = [
  [undefined, 'minimal', false],
  ['', 'minimal', false],
  ['*/*', 'minimal', false],
  ['application/*', 'minimal', false],
  ['application/json', 'minimal', false],
  ['APPLICATION/JSON', 'minimal', false],
  ['application/json;odata.metadata=full', 'full', false],
  ['application/json;metadata=none', 'none', false],
  ['application/json; odata.metadata="FULL" ; charset=UTF-8', 'full', false],
  ['application/json;IEEE754Compatible=true', 'minimal', true],
  ['application/json;odata.streaming=true;ieee754compatible=false', 'minimal', false],
  ['text/html, application/json;q=0.5', 'minimal', false],
  ['application/json;odata.metadata=full;q=0.5, application/json;q=0.9', 'minimal', false],
  ['application/json;odata.metadata=none;q=0.1, application/json;metadata=full', 'full', false],
  ['*/*, application/json;odata.metadata=full', 'full', false],
  ['application/xml, */*;q=0.1', 'minimal', false],
  ['application/json;q=0, application/json;odata.metadata=full', 'full', false],
  ['application/json;odata.metadata=verbose, */*;q=0.1', 'minimal', false],
];

for (const [accept, metadata, isIeee754Compatible] of accepted) {
  test(`Accept ${accept} is answered with metadata=${metadata}`, () => {
    assert.deepEqual(negotiateFormat(accept), { metadata, isIeee754Compatible });
  });
}

const refused = [
  'application/xml',
  'application/atom+xml, text/plain',
  'application/json;odata.metadata=some',
  'application/json;colour=blue',
  'application/json;charset=iso-8859-1',
  'application/json;q=0',
  'application/json;q=0, */*',
  'application/json;q=two',
  'json',
];

for (const accept of refused) {
  test(`Accept ${accept} is refused`, () => {
    assert.throws(
      () => negotiateFormat(accept),
      (error) => error instanceof Refusal && error.status === 406 && error.target === 'Accept',
    );
  });
}

test('$format takes a name or a media type, and nothing but JSON', () => {
  assert.equal(parseFormat('json').metadata, 'minimal');
  assert.equal(parseFormat('application/json;odata.metadata=full').metadata, 'full');
  for (const written of ['xml', 'atom', 'application/xml', 'application/json;colour=blue', '*/*']) {
    assert.throws(() => parseFormat(written), { status: 406, target: '$format' });
  }
  const unknownLevel = 'application/json;metadata=all';
  assert.throws(() => parseFormat(unknownLevel), { status: 400, target: '$format' });
});

test('content types are spelled as Graph spells them, and without a prefix in 4.01', () => {
  assert.equal(
    defaultFormat.contentType,
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;' +
      'charset=utf-8',
  );
  const media = { metadata: 'full', isIeee754Compatible: true } as const;
  assert.equal(
    jsonFormat(media, { version: '4.01', omits: undefined }).contentType,
    'application/json;metadata=full;streaming=true;IEEE754Compatible=true;charset=utf-8',
  );
});
