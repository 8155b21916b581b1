import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextKind } from '#model/profile/facet-limits.ts';
import { textRules } from './text-kinds.ts';

const cases: Readonly<Record<TextKind, { readonly good: string; readonly bad: string }>> = {
  url: {
    good: 'https://a.example|HTTP://a.example/x?y#z|www.a.example|a.example:8080/x|//a.example/x',
    bad:
      'javascript:alert(1)|JavaScript:1|java\nscript:1|data:text/html,x|mailto:a@b.example|' +
      'vbscript:x|file:///etc|a b|https://|<a>|\u0001javascript:1|blob:https://a.example/1',
  },
  language: {
    good:
      'en|en-US|nb-NO|zh-Hant-TW|es-419|sr-Latn-RS|x-private|i-klingon|de-CH-1996|' +
      'zh-cmn-Hans-CN|en-a-bbb-x-a-ccc',
    bad: 'english language|en_US_|e|-|en--US|en-|123',
  },
  address: { good: 'a@b.example|a.b+c@d', bad: 'a|a@|@b|a b@c|<a@b>|a@b@c' },
  tag: { good: 'askMeAbout|ableToMentor|wantsToLearn|wantsToImprove', bad: 'x|askmeabout' },
};

for (const [kind, { good, bad }] of Object.entries(cases)) {
  const { accepts } = textRules[kind as TextKind];
  test(`what is a text of the kind ${kind}, and what is none`, () => {
    for (const text of good.split('|')) assert.equal(accepts(text), true, text);
    for (const text of bad.split('|')) assert.equal(accepts(text), false, text);
  });
}
