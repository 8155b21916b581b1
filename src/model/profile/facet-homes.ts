/** How a value of a user stands in a facet: as it is, as the day of a time, or as a kind of account. */
export type HomeForm = 'value' | 'day' | 'first' | 'persona';

/** One member of a facet that has its home in a property of the user. */
export interface HomeMember {
  /** The property of `user`; a path where it lies inside a complex one. */
  readonly property: string;
  /** The member of the facet, as a path. */
  readonly member: string;
  readonly form: HomeForm;
  /** Whether writing the facet writes the property; else only the directory changes it. */
  readonly isWritable: boolean;
}

/** A facet that starts from the directory's user, or one for each value of a collection of its. */
export interface FacetHome {
  /** The navigation of `profile`. */
  readonly facet: string;
  /** What tells it from the others of its navigation; its id follows from it. */
  readonly slot: string;
  /** Members that it has beside those of the user, by their paths. */
  readonly fixed: Readonly<Record<string, string | boolean>>;
  readonly members: readonly HomeMember[];
  /** Members of which one at least must have a value; without any there is no such facet. */
  readonly needed: readonly string[];
  /** Whether every value of the (one) property is a facet of its own, which a person may write. */
  readonly isEach: boolean;
  /** Whether deleting the facet clears what it starts from; else the directory keeps it. */
  readonly isRemovable: boolean;
}

function kept(property: string, member: string, form: HomeForm = 'value'): HomeMember {
  return { property, member, form, isWritable: false };
}

function written(property: string, member: string, form: HomeForm = 'value'): HomeMember {
  return { property, member, form, isWritable: true };
}

function home(
  facet: string,
  slot: string,
  members: readonly HomeMember[],
  rest: Partial<FacetHome> = {},
): FacetHome {
  const needed = [members[0]!.member];
  return { facet, slot, members, fixed: {}, needed, isEach: false, isRemovable: false, ...rest };
}

function each(facet: string, property: string, member: string): FacetHome {
  return home(facet, property, [written(property, member)], { isEach: true, isRemovable: true });
}

/**
 * Which facets start from the user, and where their members have their homes: a write of the one is
 * read in the other. A collection of the user has the values of those facets that the whole
 * organization may see.
 */
export const facetHomes: readonly FacetHome[] = [
  home('account', 'account', [
    kept('userPrincipalName', 'userPrincipalName'),
    kept('ageGroup', 'ageGroup'),
    written('usageLocation', 'countryCode'),
    written('preferredLanguage', 'preferredLanguageTag/locale'),
    kept('userType', 'userPersona', 'persona'),
  ]),
  home('anniversaries', 'birthday', [written('birthday', 'date', 'day')], {
    fixed: { type: 'birthday' },
    isRemovable: true,
  }),
  home('anniversaries', 'hireDate', [kept('hireDate', 'date', 'day')], {
    fixed: { type: 'work' },
  }),
  each('educationalActivities', 'schools', 'institution/displayName'),
  home('emails', 'mail', [kept('mail', 'address')], { fixed: { type: 'main' } }),
  each('interests', 'interests', 'displayName'),
  home('names', 'displayName', [
    written('displayName', 'displayName'),
    written('givenName', 'first'),
    written('surname', 'last'),
    written('preferredName', 'nickname'),
    kept('preferredLanguage', 'languageTag'),
  ]),
  home('notes', 'aboutMe', [written('aboutMe', 'detail/content')], {
    fixed: { 'detail/contentType': 'text', displayName: 'About me' },
    isRemovable: true,
  }),
  home('phones', 'businessPhones', [written('businessPhones', 'number', 'first')], {
    fixed: { type: 'business' },
    isRemovable: true,
  }),
  home('phones', 'mobilePhone', [written('mobilePhone', 'number')], {
    fixed: { type: 'mobile' },
    isRemovable: true,
  }),
  home('phones', 'faxNumber', [written('faxNumber', 'number')], {
    fixed: { type: 'businessFax' },
    isRemovable: true,
  }),
  home(
    'positions',
    'jobTitle',
    [
      written('jobTitle', 'detail/jobTitle'),
      written('companyName', 'detail/company/displayName'),
      written('department', 'detail/company/department'),
      written('officeLocation', 'detail/company/officeLocation'),
      written('streetAddress', 'detail/company/address/street'),
      written('city', 'detail/company/address/city'),
      written('state', 'detail/company/address/state'),
      written('country', 'detail/company/address/countryOrRegion'),
      written('postalCode', 'detail/company/address/postalCode'),
      kept('employeeOrgData/costCenter', 'detail/company/costCenter'),
      kept('employeeOrgData/division', 'detail/company/division'),
      kept('employeeId', 'detail/employeeId'),
      kept('employeeType', 'detail/employeeType'),
      kept('employeeHireDate', 'detail/startMonthYear', 'day'),
    ],
    {
      fixed: { isCurrent: true },
      needed: ['detail/jobTitle', 'detail/company/displayName', 'detail/company/department'],
    },
  ),
  each('projects', 'pastProjects', 'displayName'),
  each('skills', 'skills', 'displayName'),
  home('websites', 'mySite', [written('mySite', 'webUrl')], { isRemovable: true }),
];
