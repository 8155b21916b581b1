/** One request as the load sends it, apart from the server's address. */
export interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Whom a request is about and who asks. */
export interface Parties {
  readonly userId: string;
  readonly token: string;
  /** Counts requests, so that every change changes something. */
  readonly number: number;
}

/** What is measured: one kind of request, and how near to its floor Kith has to come. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'PATCH';
  /** The least ratio of requests a second, Kith to floor. */
  readonly target: number;
  /** Whether each request is about the user who sends it. */
  readonly isAboutCaller: boolean;
  readonly path: (userId: string) => string;
  readonly body?: (number: number) => object;
}

export const operations: readonly Operation[] = [
  {
    name: 'GET /localtest/users/{id}',
    method: 'GET',
    target: 0.7,
    isAboutCaller: false,
    path: (userId) => `/localtest/users/${userId}`,
  },
  {
    name: 'GET /v1.0/users/{id}',
    method: 'GET',
    target: 0.7,
    isAboutCaller: false,
    path: (userId) => `/v1.0/users/${userId}`,
  },
  {
    name: 'GET /beta/me/profile',
    method: 'GET',
    target: 0.5,
    isAboutCaller: true,
    path: () => '/beta/me/profile',
  },
  {
    name: 'PATCH /v1.0/users/{id}, 1 property',
    method: 'PATCH',
    target: 0.6,
    isAboutCaller: false,
    path: (userId) => `/v1.0/users/${userId}`,
    body: (number) => ({ jobTitle: `Engineer ${number}` }),
  },
  {
    name: 'PATCH /localtest/users/{id}, 5 properties',
    method: 'PATCH',
    target: 0.6,
    isAboutCaller: false,
    path: (userId) => `/localtest/users/${userId}`,
    body: (number) => ({
      jobTitle: `Engineer ${number}`,
      officeLocation: `Building ${number % 40}`,
      mobilePhone: `+44 117 496 ${String(number).padStart(6, '0')}`,
      aboutMe: `I joined as number ${number} and never looked back.`,
      skills: ['gardens', `instrument ${number % 100}`],
    }),
  },
];

/** The request of an operation. */
export function makeRequest(operation: Operation, { userId, token, number }: Parties): Sent {
  const headers = { Authorization: `Bearer ${token}` };
  const path = operation.path(userId);
  if (!operation.body) return { path, headers };
  const body = JSON.stringify(operation.body(number));
  return { path, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}
