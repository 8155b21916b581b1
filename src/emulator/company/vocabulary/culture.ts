/** A personal name in its own script and in Latin letters (the same where the script is Latin). */
export interface SpelledName {
  readonly native: string;
  readonly latin: string;
  /** Lower-case letters and hyphens, as it stands in addresses. */
  readonly ascii: string;
}

/** How people of one language are named and how they write dates and times. */
export interface Culture {
  readonly tag: string;
  readonly language: string;
  readonly women: readonly SpelledName[];
  readonly men: readonly SpelledName[];
  readonly families: readonly SpelledName[];
  /** The forms that women bear, in the order of `families`, where the language inflects. */
  readonly familiesOfWomen?: readonly SpelledName[];
  /** What stands between the parts of a displayed name, and which part leads. */
  readonly order: 'given first' | 'family first';
  readonly joiner: '' | ' ';
  readonly hasOwnScript: boolean;
  /** How two families are joined in a double name; absent where nobody bears one. */
  readonly doubleName?: '-' | ' ';
  readonly dateFormat: string;
  readonly timeFormat: string;
}

/**
 * Reads `name, name` or, in another script, `native/latin, native/latin`.
 * German expands its umlauts in addresses (Jürgen, juergen), other languages drop the marks.
 */
export function spell(
  names: string,
  umlauts: 'plain' | 'expanded' = 'plain',
): readonly SpelledName[] {
  return names.split(', ').map((name) => {
    const [native = '', latin = native] = name.split('/');
    const expanded = umlauts === 'plain' ? latin : expandUmlauts(latin);
    return { native, latin, ascii: foldToAscii(expanded) };
  });
}

const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/** Lower-case a-z, digits and hyphens: marks, apostrophes and spaces fall away. */
export function foldToAscii(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return bare.replace(/[łøđßæþðı]/g, (letter) => letters[letter]!).replace(/[^a-z0-9-]/g, '');
}

function expandUmlauts(text: string): string {
  return text.replace(/[äöüÄÖÜ]/g, (letter) => `${foldToAscii(letter)}e`);
}
