import { collaborationTags, type TextKind } from '#model/profile/facet-limits.ts';

/** What a text of each kind is, and how it is told. */
export interface TextRule {
  readonly why: string;
  accepts(text: string): boolean;
}

/** The rules of texts that are more than texts. */
export const textRules: Readonly<Record<TextKind, TextRule>> = {
  url: { why: 'It is no URL of the web.', accepts: isWebUrl },
  language: { why: 'A language is written as in BCP 47: en-US.', accepts: isLanguage },
  address: {
    why: 'It is no address of a mailbox.',
    accepts: (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text),
  },
  tag: {
    why: `The values are ${collaborationTags.join(', ')}.`,
    accepts: (text) => collaborationTags.includes(text),
  },
};

/** With the scheme of the web or without one, as Graph's own examples are written. */
function isWebUrl(text: string): boolean {
  if (/[\p{Cc}\s<>"\\]/u.test(text)) return false;
  // A name with a dot before a colon is that of a host, and what follows is its port.
  const [, scheme] = /^([a-z][a-z\d+-]*):/i.exec(text) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return false;
  return URL.canParse(scheme === undefined ? `https://${text.replace(/^\/\//, '')}` : text);
}

/** Language with extensions to it, script, region, variants, extensions and private use. */
const LANGUAGE = new RegExp(
  [
    /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})/,
    /(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?/,
    /(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*/,
    /(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*/,
    /(?:-x(?:-[a-z\d]{1,8})+)?$/,
  ]
    .map(({ source }) => source)
    .join(''),
  'i',
);
const PRIVATE = /^x(?:-[a-z\d]{1,8})+$/i;
/** Tags that are older than the grammar and not of it. */
const irregular: ReadonlySet<string> = new Set(
  (
    'en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn ' +
    'i-tao i-tay i-tsu sgn-be-fr sgn-be-nl sgn-ch-de'
  ).split(' '),
);

/** Whether the tag is well formed (BCP 47; RFC 5646, section 2.1). */
function isLanguage(text: string): boolean {
  return LANGUAGE.test(text) || PRIVATE.test(text) || irregular.has(text.toLowerCase());
}
