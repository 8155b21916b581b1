/** Who asks, as a verified token says it. */
export interface Caller {
  readonly tenant: Tenant;
  /** The signed-in user's id; undefined for an application that acts as itself. */
  readonly user: string | undefined;
  /** The application through which the call comes. */
  readonly app: string | undefined;
  /** Granted scopes of a delegated call, application roles of the other kind. */
  readonly permissions: ReadonlySet<string>;
  /** An anonymous caller of `--anonymous` may do everything. */
  readonly isUnrestricted: boolean;
  /** The server acts for somebody whom it has let in: it may do what nobody else may, too. */
  readonly isServer?: true;
}

/** For whom page tokens are written: they fit nobody else, in this tenant or another. */
export function holderOf({ tenant, user }: Caller): string {
  return `${tenant.id} ${user ?? ''}`;
}

/** A directory of its own in the store: rows, ids and keys never cross from one to another. */
export interface Tenant {
  /** The store's surrogate, the first column of every row. */
  readonly num: number;
  readonly id: string;
  readonly displayName: string;
  readonly domains: readonly string[];
}
