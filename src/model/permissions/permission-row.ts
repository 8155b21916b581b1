/** Who needs which permissions; of each list one is enough, least privileged first. */
export interface PermissionLists {
  /** Scopes of a signed-in user, for everybody's resources. */
  readonly delegated: readonly string[];
  /** Scopes that are enough for the signed-in user's own resources. */
  readonly self: readonly string[];
  /** Roles of an application that acts as itself; empty where a signed-in user is needed. */
  readonly application: readonly string[];
}

/** What lets a caller do one operation. */
export interface PermissionRow extends PermissionLists {
  /** Method and path template: `PATCH /users/{id}`. */
  readonly operation: string;
}

/** What nobody can be allowed. */
export const none: readonly string[] = [];

/** The row for the signed-in user's own resources, below `/me`. */
export function own(operation: string, self: readonly string[]): PermissionRow {
  return { operation, delegated: self, self, application: none };
}

/** The row for resources of people: one's own want less than another's. */
export function people(
  operation: string,
  self: readonly string[],
  delegated: readonly string[],
  application: readonly string[] = delegated,
): PermissionRow {
  return { operation, delegated, self, application };
}

/** The row for resources that are nobody's own. */
export function shared(
  operation: string,
  delegated: readonly string[],
  application: readonly string[] = delegated,
): PermissionRow {
  return { operation, delegated, self: delegated, application };
}

/**
 * The rows of one operation below `/me` and below `/users/{id}`: applications have no `/me`, and
 * people reach their own by either.
 */
export function personal(
  operation: string,
  self: readonly string[],
  delegated: readonly string[],
  application: readonly string[] = delegated,
): readonly PermissionRow[] {
  const [method, path] = operation.split(' ') as [string, string];
  return [
    own(`${method} /me${path}`, self),
    people(`${method} /users/{id}${path}`, self, delegated, application),
  ];
}
