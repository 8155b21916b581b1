/** A facet as an application would make it, and how it would change it. */
export interface FacetBody {
  readonly create: Readonly<Record<string, unknown>>;
  readonly update: Readonly<Record<string, unknown>>;
  /** A body that is refused, and the property that the refusal names. */
  readonly bad: Readonly<Record<string, unknown>>;
  readonly target: string;
}

const company = {
  displayName: 'Larch & Sons',
  pronunciation: null,
  department: 'Bridges',
  officeLocation: 'B2/11',
  address: {
    type: 'business',
    postOfficeBox: null,
    street: '4 Weir Lane',
    city: 'Ghent',
    state: null,
    countryOrRegion: 'Belgium',
    postalCode: '9000',
  },
  webUrl: 'https://larch.example',
};

/** One of each kind. */
export const facetBodies: Readonly<Record<string, FacetBody>> = {
  account: {
    create: {
      allowedAudiences: 'organization',
      countryCode: 'BE',
      preferredLanguageTag: { locale: 'nl-BE', displayName: 'Dutch (Belgium)' },
    },
    update: { countryCode: 'NL' },
    bad: { preferredLanguageTag: { locale: 'no language' } },
    target: 'preferredLanguageTag/locale',
  },
  addresses: {
    create: {
      displayName: 'Home',
      detail: { type: 'home', street: '9 Mill Row', city: 'Ghent', postalCode: '9000' },
      geoCoordinates: { latitude: 51.05, longitude: 3.72 },
    },
    update: { detail: { street: '10 Mill Row' } },
    bad: { displayName: 'Nowhere', geoCoordinates: { latitude: 91, longitude: 0 } },
    target: 'geoCoordinates/latitude',
  },
  anniversaries: {
    create: { type: 'wedding', date: '2008-06-28', displayName: 'Us' },
    update: { date: '2008-06-29' },
    bad: { type: 'wedding', date: '2008-06-31' },
    target: 'date',
  },
  awards: {
    create: {
      displayName: 'Best bridge',
      description: 'For the one in Lier.',
      issuedDate: '2019-05-01',
      issuingAuthority: 'Guild of Builders',
      thumbnailUrl: 'https://guild.example/badge',
      webUrl: 'https://guild.example/awards/7',
    },
    update: { issuingAuthority: 'Royal Guild of Builders' },
    bad: { description: 'Without a name.' },
    target: 'displayName',
  },
  certifications: {
    create: {
      certificationId: 'BR-40',
      displayName: 'Rope access',
      issuedDate: '2020-01-10',
      startDate: '2020-01-10',
      endDate: '2030-01-09',
      issuingCompany: 'Heights Ltd',
      webUrl: 'https://heights.example/br-40',
    },
    update: { endDate: '2031-01-09' },
    bad: { displayName: 'Never valid', startDate: '2020-01-10', endDate: '2020-01-09' },
    target: 'endDate',
  },
  educationalActivities: {
    create: {
      completionMonthYear: '2004-07-01',
      startMonthYear: '1999-09-01',
      endMonthYear: '2004-07-01',
      institution: {
        description: null,
        displayName: 'Ghent College',
        location: { type: 'unknown', city: 'Ghent' },
        webUrl: 'https://college.example',
      },
      program: {
        abbreviation: 'MSc',
        activities: null,
        awards: 'With distinction',
        displayName: 'Structures',
        fieldsOfStudy: null,
        grade: '3.9',
      },
    },
    update: { program: { grade: '4.0' } },
    bad: { institution: { displayName: 'Ghent College', webUrl: 'data:text/html,x' } },
    target: 'institution/webUrl',
  },
  emails: {
    create: { address: 'nils@letters.example', displayName: 'Letters' },
    update: { type: 'personal' },
    bad: { address: 'nobody', displayName: 'Letters' },
    target: 'address',
  },
  interests: {
    create: {
      categories: ['Sports'],
      displayName: 'Curling',
      description: 'Since 1998',
      webUrl: 'https://curling.example',
      collaborationTags: ['askMeAbout'],
    },
    update: { collaborationTags: ['ableToMentor', 'wantsToImprove'] },
    bad: { displayName: 'Curling', collaborationTags: ['loud'] },
    target: 'collaborationTags',
  },
  languages: {
    create: {
      displayName: 'Dutch (Belgium)',
      tag: 'nl-BE',
      spoken: 'nativeOrBilingual',
      written: 'fullProfessional',
      reading: 'fullProfessional',
    },
    update: { proficiency: 'conversational' },
    bad: { displayName: 'Dutch', tag: 'nl_BE_' },
    target: 'tag',
  },
  names: {
    create: {
      displayName: 'Nils Berg',
      first: 'Nils',
      initials: 'NB',
      last: 'Berg',
      languageTag: 'nb-NO',
      maiden: null,
      middle: 'Aas',
      nickname: 'Nisse',
      suffix: null,
      title: null,
      pronunciation: { displayName: 'Neels Bairg', first: 'Neels', last: 'Bairg' },
    },
    update: { nickname: 'N' },
    bad: { first: 'x'.repeat(65) },
    target: 'first',
  },
  notes: {
    create: { detail: { contentType: 'text', content: 'Born by the sea.' }, displayName: 'Me' },
    update: { detail: { contentType: 'text', content: 'Born by a lake.' } },
    bad: { detail: { contentType: 'text', content: 'x'.repeat(16_385) } },
    target: 'detail/content',
  },
  patents: {
    create: {
      displayName: 'A folding pier',
      description: 'It folds.',
      isPending: true,
      issuedDate: '2021-02-03',
      issuingAuthority: 'Patent Office',
      number: 'EP 12',
      webUrl: 'https://patents.example/12',
    },
    update: { isPending: false },
    bad: { displayName: 'A folding pier', isPending: 'soon' },
    target: 'isPending',
  },
  phones: {
    create: { displayName: 'Boat', number: '+32 9 555 01 02' },
    update: { type: 'radio' },
    bad: { displayName: 'Boat', number: '' },
    target: 'number',
  },
  positions: {
    create: {
      categories: ['past'],
      detail: {
        company,
        jobTitle: 'Rigger',
        role: 'On the ropes',
        startMonthYear: '2005-01-01',
        endMonthYear: '2009-12-01',
      },
      colleagues: [{ displayName: 'Rik', relationship: 'colleague', userPrincipalName: null }],
      isCurrent: false,
    },
    update: { detail: { jobTitle: 'Head rigger' } },
    bad: { detail: { startMonthYear: '2005-01-01', endMonthYear: '2004-12-01' } },
    target: 'detail/endMonthYear',
  },
  projects: {
    create: {
      categories: ['Design'],
      client: company,
      displayName: 'The Lier bridge',
      detail: { company, jobTitle: 'Rigger', description: 'Over the Nete.' },
      colleagues: [],
      sponsors: [{ displayName: 'Ann', relationship: 'manager', userPrincipalName: null }],
    },
    update: { detail: { role: 'Lead' } },
    bad: { displayName: 'x', colleagues: [{ displayName: 'Rik', relationship: 'nemesis' }] },
    target: 'colleagues/relationship',
  },
  publications: {
    create: {
      displayName: 'Piers that fold',
      description: 'A booklet.',
      publishedDate: '2022-03-04',
      publisher: 'Weir Press',
      webUrl: 'https://weir.example/piers',
    },
    update: { publisher: 'Weir & Daughters' },
    bad: { displayName: 'Piers', webUrl: 'JavaScript:alert(1)' },
    target: 'webUrl',
  },
  skills: {
    create: {
      categories: ['professional'],
      displayName: 'Splicing',
      proficiency: 'generalProfessional',
      webUrl: null,
      collaborationTags: ['ableToMentor'],
    },
    update: { proficiency: 'advancedProfessional' },
    bad: { displayName: 'Splicing', proficiency: 'wizard' },
    target: 'proficiency',
  },
  webAccounts: {
    create: {
      description: 'My drawings',
      userId: 'nils.berg',
      service: { name: 'Sketchery', webUrl: 'https://sketchery.example' },
    },
    update: { webUrl: 'https://sketchery.example/nils.berg' },
    bad: { userId: 'nils', service: { name: 'Mail', webUrl: 'mailto:nils@letters.example' } },
    target: 'service/webUrl',
  },
  websites: {
    create: {
      categories: ['clubs'],
      description: 'The curling club',
      displayName: 'Stones',
      webUrl: 'www.stones.example',
    },
    update: { description: 'The club' },
    bad: { displayName: 'Stones' },
    target: 'webUrl',
  },
};
