/** How one member of a value stands in a facet. */
export interface HomePart {
  /** The member of the value; empty for the value itself. */
  readonly value: string;
  /** The member of the facet. */
  readonly facet: string;
  /** As it is, as one of several in a list, or as a day. */
  readonly form: 'plain' | 'listed' | 'day';
  /** What the value's enum calls what the facet's calls otherwise. */
  readonly codes?: Readonly<Record<string, string>>;
  /** What the value has where the facet says nothing that it knows. */
  readonly otherwise?: string;
  /** What it looks like; any other value is none that a facet tells. */
  readonly pattern?: RegExp;
}

/** A member of a decorated profile whose values are facets of the person's profile. */
export interface ProfileHome {
  /** The property of `DecoratedProfile`. */
  readonly member: string;
  readonly isCollection: boolean;
  /** The navigation of `profile`. */
  readonly facet: string;
  /** The first part tells one value from another; without it there is no facet. */
  readonly parts: readonly [HomePart, ...HomePart[]];
  /** What its facets have, and no others. */
  readonly fixed: Readonly<Record<string, string>>;
  /** What a facet has where its value says nothing. */
  readonly begun: Readonly<Record<string, string>>;
  /** Facets with these values are none of the member's. */
  readonly apart: Readonly<Record<string, readonly string[]>>;
}

/** The member that is where a photo of the person is shown, unless the profile has another URL. */
export const photoHome = { member: 'picture', facet: 'photo' } as const;

function part(value: string, facet: string, rest: Partial<HomePart> = {}): HomePart {
  return { value, facet, form: 'plain', ...rest };
}

function home(
  member: string,
  facet: string,
  parts: ProfileHome['parts'],
  rest: Partial<ProfileHome> = {},
): ProfileHome {
  return { member, isCollection: true, facet, parts, fixed: {}, begun: {}, apart: {}, ...rest };
}

/**
 * Which members of a decorated profile are facets of the profile, in both directions: what is
 * written of the one is read in the other. What a facet has no member for, such as the extension
 * of a phone, is kept in the decorated profile beside it.
 */
export const profileHomes: readonly ProfileHome[] = [
  home('skills', 'skills', [part('', 'displayName')]),
  home('emails', 'emails', [part('', 'address', { pattern: /^[^\s@<>]+@[^\s@<>]+$/ })], {
    begun: { type: 'other' },
  }),
  home(
    'phoneNumbers',
    'phones',
    [
      part('number', 'number'),
      part('type', 'type', { codes: { WORK: 'business', HOME: 'home', MOBILE: 'mobile' } }),
    ],
    {
      begun: { type: 'other' },
      apart: { type: ['homeFax', 'businessFax', 'otherFax', 'pager', 'radio'] },
    },
  ),
  home('websites', 'websites', [
    part('url', 'webUrl', { pattern: /^(?:https?:\/\/)?[^\s<>":/]+\.[^\s<>"]+$/i }),
    part('category', 'categories', {
      form: 'listed',
      codes: {
        PERSONAL: 'personal',
        COMPANY: 'company',
        BLOG: 'blog',
        RSS: 'rss',
        PORTFOLIO: 'portfolio',
        OTHER: 'other',
      },
      otherwise: 'OTHER',
    }),
  ]),
  home('bornOn', 'anniversaries', [part('', 'date', { form: 'day' })], {
    isCollection: false,
    fixed: { type: 'birthday' },
  }),
];
