/** One request as the load sends it, apart from the server's address. */
export interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a request is about: its sender, a user, a value to filter by, or all of a set. */
export type About = 'caller' | 'user' | 'department' | 'name' | 'set' | 'picture';

/** What a request names and who asks. */
export interface Parties {
  /** The user or the value that it is about. */
  readonly key: string;
  readonly token: string;
  /** Counts requests, so that every change changes something. */
  readonly number: number;
}

/** What is measured: one kind of request, and how near to its floor Kith has to come. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** The least ratio of requests a second, Kith to floor. */
  readonly target: number;
  readonly about: About;
  readonly path: (key: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: (number: number) => object;
  /**
   * For a list: the statement by which its floor reads the documents of `people`, or a number.
   * Without one the floor reads or writes one document.
   */
  readonly floor?: string;
  /** Whether its floor sends one answer, the same every time, and does nothing else. */
  readonly isConstant?: true;
}

/** Single entities, read and changed. */
export const entityOperations: readonly Operation[] = [
  {
    name: 'GET /localtest/users/{id}',
    method: 'GET',
    target: 0.7,
    about: 'user',
    path: (id) => `/localtest/users/${id}`,
  },
  {
    name: 'GET /v1.0/users/{id}',
    method: 'GET',
    target: 0.7,
    about: 'user',
    path: (id) => `/v1.0/users/${id}`,
  },
  {
    name: 'GET /beta/me/profile',
    method: 'GET',
    target: 0.5,
    about: 'caller',
    path: () => '/beta/me/profile',
  },
  {
    name: 'PATCH /v1.0/users/{id}, 1 property',
    method: 'PATCH',
    target: 0.6,
    about: 'user',
    path: (id) => `/v1.0/users/${id}`,
    body: (number) => ({ jobTitle: `Engineer ${number}` }),
  },
  {
    name: 'PATCH /localtest/users/{id}, 5 properties',
    method: 'PATCH',
    target: 0.6,
    about: 'user',
    path: (id) => `/localtest/users/${id}`,
    body: (number) => ({
      jobTitle: `Engineer ${number}`,
      officeLocation: `Building ${number % 40}`,
      mobilePhone: `+44 117 496 ${String(number).padStart(6, '0')}`,
      aboutMe: `I joined as number ${number} and never looked back.`,
      skills: ['gardens', `instrument ${number % 100}`],
    }),
  },
];

/** Pages of a set, and how many it has. */
export const listOperations: readonly Operation[] = [
  {
    name: 'GET /v1.0/users, 100 of them',
    method: 'GET',
    target: 0.6,
    about: 'set',
    path: () => '/v1.0/users?$top=100',
    floor: 'SELECT doc FROM people ORDER BY num LIMIT 100',
  },
  {
    name: 'department eq, 20 of them',
    method: 'GET',
    target: 0.6,
    about: 'department',
    path: (value) => filtered(`department eq '${value.replaceAll("'", "''")}'`),
    floor: 'SELECT doc FROM people WHERE department = ? ORDER BY num LIMIT 20',
  },
  {
    name: 'startswith(displayName), 20 of them',
    method: 'GET',
    target: 0.6,
    about: 'name',
    path: (value) => filtered(`startswith(displayName,'${value.replaceAll("'", "''")}')`),
    floor:
      'SELECT doc FROM people WHERE name >= ?1 AND name < ?1 || char(1114111) ' +
      'ORDER BY name, num LIMIT 20',
  },
  {
    name: 'GET /v1.0/users/$count',
    method: 'GET',
    target: 0.5,
    about: 'set',
    path: () => '/v1.0/users/$count',
    headers: { ConsistencyLevel: 'eventual' },
    floor: 'SELECT total FROM counter',
  },
];

const pictureOf = (id: string) => `/v1.0/users/${id}/photos/240x240/$value`;

/** The bytes of a photo, and the answer to whoever has them. */
export const photoOperations: readonly Operation[] = [
  {
    name: 'GET a photo of 240x240',
    method: 'GET',
    target: 0.5,
    about: 'picture',
    path: pictureOf,
    isConstant: true,
  },
  {
    name: 'GET a photo that the client has',
    method: 'GET',
    target: 0.5,
    about: 'picture',
    path: pictureOf,
    headers: { 'If-None-Match': '*' },
    isConstant: true,
  },
];

/** What makes an entity; a password, whose hash costs more than all else, is left out. */
export const createOperation: Operation = {
  name: 'POST /localtest/users',
  method: 'POST',
  target: 0.5,
  about: 'set',
  path: () => '/localtest/users',
  body: (number) => ({
    accountEnabled: true,
    displayName: `New ${number}`,
    givenName: 'New',
    surname: String(number),
    mailNickname: `new${number}`,
    jobTitle: 'Engineer',
    department: 'Gardens',
    usageLocation: 'GB',
    businessPhones: [`+44 117 497 ${String(number).padStart(6, '0')}`],
  }),
};

/** What makes a facet of whoever asks. */
export const facetOperation: Operation = {
  name: 'POST /beta/me/profile/awards',
  method: 'POST',
  target: 0.6,
  about: 'caller',
  path: () => '/beta/me/profile/awards',
  body: (number) => ({
    displayName: `Prize ${number}`,
    description: 'For work that was shown to everybody.',
    issuedDate: '2024-05-06',
  }),
};

/** The first of the pages that are followed to the depth at which one is compared with it. */
export const DEEP_FIRST = '/v1.0/users?$orderby=displayName&$top=15';
export const DEEP_PAGES = 500;

/** The request of an operation. */
export function makeRequest(operation: Operation, { key, token, number }: Parties): Sent {
  const headers = { Authorization: `Bearer ${token}`, ...operation.headers };
  const path = operation.path(key);
  if (!operation.body) return { path, headers };
  const body = JSON.stringify(operation.body(number));
  return { path, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}

function filtered(filter: string): string {
  return `/v1.0/users?$filter=${encodeURIComponent(filter)}&$top=20`;
}
