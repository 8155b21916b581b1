/** The tenant of the seed, its people and its applications. */
export const contoso = {
  tenant: '11111111-2222-4333-8444-555555555555',
  domain: 'contoso.example',
  ada: {
    id: 'aaaaaaaa-0000-4000-8000-000000000001',
    name: 'ada@contoso.example',
    password: 'correct horse battery',
  },
  ben: {
    id: 'aaaaaaaa-0000-4000-8000-000000000002',
    name: 'ben@contoso.example',
    password: 'staple staple',
  },
  disabled: {
    id: 'aaaaaaaa-0000-4000-8000-000000000003',
    name: 'dora@contoso.example',
    password: 'gone away',
  },
  daemon: { id: 'dddddddd-0000-4000-8000-00000000000d', secret: 'daemon-s3cret-of-the-test' },
  web: {
    id: 'bbbbbbbb-0000-4000-8000-00000000000b',
    secret: 'web-s3cret-of-the-test',
    redirect: 'https://web.contoso.example/callback',
  },
  native: { id: 'eeeeeeee-0000-4000-8000-00000000000e', redirect: 'http://localhost' },
  spa: { id: 'ffffffff-0000-4000-8000-00000000000f', redirect: 'https://spa.contoso.example/' },
  /** A program that may do whatever people let it, with a secret and without. */
  workbench: {
    id: 'abababab-0000-4000-8000-00000000000a',
    secret: 'workbench-s3cret-of-the-test',
    redirect: 'http://localhost',
  },
  engineers: { id: '99999999-0000-4000-8000-000000000001' },
  api: { id: 'cccccccc-0000-4000-8000-00000000000c', secret: 'api-s3cret-of-the-test' },
} as const;

const rights = [
  'User.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
  'Application.ReadWrite.All',
  'Contacts.ReadWrite',
  'ProfilePhoto.ReadWrite.All',
  'People.Read.All',
  'MailboxSettings.ReadWrite',
];

function person(
  { id, name, password }: { id: string; name: string; password: string },
  displayName: string,
  accountEnabled = true,
): object {
  return {
    '@set': 'users',
    id,
    displayName,
    userPrincipalName: name,
    mail: name,
    accountEnabled,
    passwordProfile: { password },
  };
}

/** The lines of the seed; the certificate is the daemon's. */
export function seedLines(pem: string): object[] {
  const { tenant, domain } = contoso;
  return [
    { tenant: { id: tenant, displayName: 'Contoso', domains: [domain] } },
    ...directoryLines(),
    ...applicationLines(pem),
  ];
}

function directoryLines(): object[] {
  const { ada, ben, disabled, engineers } = contoso;
  const bind = ({ id }: { id: string }) => `users('${id}')`;
  return [
    {
      ...person(ada, 'Ada Lovelace'),
      givenName: 'Ada',
      surname: 'Lovelace',
      jobTitle: 'Analyst',
      department: 'Engines',
      userType: 'Member',
    },
    { ...person(ben, 'Ben Lister'), 'manager@odata.bind': bind(ada) },
    person(disabled, 'Dora Gone', false),
    {
      '@set': 'groups',
      id: engineers.id,
      displayName: 'Engineers',
      mailNickname: 'engineers',
      mail: 'engineers@contoso.example',
      mailEnabled: true,
      securityEnabled: false,
      groupTypes: ['Unified'],
      visibility: 'Private',
      'members@odata.bind': [bind(ada), bind(ben)],
      'owners@odata.bind': [bind(ada)],
    },
    {
      '@parent': `${bind(ada)}/contacts`,
      id: 'AAMkAGContactOfAda',
      displayName: 'Charles Babbage',
      emailAddresses: [{ name: 'Charles', address: 'charles@engines.example' }],
    },
    ...facetLines(bind(ada)),
  ];
}

function facetLines(owner: string): object[] {
  const at = '2024-05-06T07:08:09Z';
  const facet = {
    createdDateTime: at,
    lastModifiedDateTime: at,
    allowedAudiences: 'organization',
    isSearchable: true,
    source: { type: ['User'] },
  };
  const of = (collection: string, members: object) => {
    return { '@parent': `${owner}/profile/${collection}`, ...facet, ...members };
  };
  return [
    of('skills', {
      id: '51515151-0000-4000-8000-000000000001',
      displayName: 'Analytical engines',
      proficiency: 'expert',
      categories: ['professional'],
    }),
    of('positions', {
      id: '51515151-0000-4000-8000-000000000002',
      isCurrent: true,
      detail: {
        jobTitle: 'Analyst',
        startMonthYear: '1842-01-01',
        company: { displayName: 'Contoso' },
      },
    }),
    of('languages', {
      id: '51515151-0000-4000-8000-000000000003',
      displayName: 'French',
      tag: 'fr-FR',
      spoken: 'fullProfessional',
    }),
  ];
}

function applicationLines(pem: string): object[] {
  const { daemon, web, native, spa, api, workbench } = contoso;
  return [
    {
      '@set': 'applications',
      appId: daemon.id,
      displayName: 'Daemon',
      passwordCredentials: [{ secretText: daemon.secret }],
      keyCredentials: [{ pem }],
      appRolesGranted: ['User.Read.All'],
    },
    {
      '@set': 'applications',
      appId: web.id,
      displayName: 'Web',
      passwordCredentials: [{ secretText: web.secret }],
      web: { redirectUris: [web.redirect, 'http://localhost:3000/callback'] },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: native.id,
      displayName: 'Native',
      publicClient: { redirectUris: [native.redirect] },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: spa.id,
      displayName: 'Single page',
      spa: {
        redirectUris: [
          spa.redirect,
          ...['', 'bridge', 'left'].map((path) => `http://localhost/${path}`),
        ],
      },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: api.id,
      displayName: 'Middle tier',
      identifierUris: [`api://${api.id}`],
      passwordCredentials: [{ secretText: api.secret }],
      scopesGranted: ['User.Read'],
    },
    {
      '@set': 'applications',
      appId: workbench.id,
      displayName: 'Workbench',
      passwordCredentials: [{ secretText: workbench.secret }],
      publicClient: { redirectUris: [workbench.redirect] },
      appRolesGranted: rights,
      scopesGranted: rights,
    },
  ];
}
