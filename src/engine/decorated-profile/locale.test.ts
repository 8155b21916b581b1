import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseLocale, localeValue } from './locale.ts';

describe('the locale of an answer', () => {
  const rows = [
    [undefined, 'en', 'US'],
    ['', 'en', 'US'],
    ['de-CH', 'de', 'CH'],
    ['fr', 'fr', undefined],
    ['JA-jp', 'ja', 'JP'],
    ['en-GB,en;q=0.9', 'en', 'GB'],
    ['fr;q=0.4, de-AT;q=0.8, ja;q=0.6', 'de', 'AT'],
    ['fr-FR;q=0.8,de-DE;q=0.8', 'fr', 'FR'],
    ['fr ; q=0.5 , de-DE', 'de', 'DE'],
    ['de-Latn-LI-u-co-phonebk', 'de', 'LI'],
    ['de-u-co-phonebk', 'de', undefined],
    ['en-001', 'en', undefined],
    ['pt-BR, fr-CA;q=0.5', 'fr', 'CA'],
    ['pt-BR', 'en', 'US'],
    ['de;q=0, fr;q=0.001', 'fr', undefined],
    ['de;q=0', 'en', 'US'],
    ['de;q=2, fr;q=0.1', 'fr', undefined],
    ['de;q=0.1234, fr;q=0.1', 'fr', undefined],
    ['*, de;q=0.5', 'en', 'US'],
    ['*;q=0.1, de;q=0.5', 'de', undefined],
    ['!!, de-_-;q=0.9, ja;q=0.1', 'ja', undefined],
  ] as const;
  for (const [header, language, country] of rows) {
    test(`${header} asks for ${language}${country ? ` of ${country}` : ''}`, () => {
      assert.deepEqual(chooseLocale(header), { language, country });
    });
  }

  test('a locale without a country shows its language alone', () => {
    const type = { '@odata.type': 'microsoft.graph.Locale' };
    assert.deepEqual(localeValue(chooseLocale('fr')), { ...type, language: 'fr' });
    const american = { ...type, language: 'en', country: 'US' };
    assert.deepEqual(localeValue(chooseLocale(undefined)), american);
  });
});
