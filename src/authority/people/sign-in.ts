import type { Account } from './account.ts';

/** How and when somebody signed in. */
export interface SignIn {
  readonly account: Account;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly methods: readonly string[];
  readonly sessionId: string | undefined;
}
