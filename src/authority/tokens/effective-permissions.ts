/** Permissions that change what belongs to others, in the words of Graph. */
const CHANGES_OTHERS = /\.(\w+\.All|Create)$/;
const READS = /\.Read(Basic)?\.All$/;
/** What is kept apart from a person's entry in the directory is for administrators to see, too. */
const APART = /^(AuditLog|CustomSecAttributeAssignment|User-LifeCycleInfo)\./;
/** Whoever knows a password may give themselves another one, as Graph lets them. */
const PASSWORDS = 'User-PasswordProfile.ReadWrite.All';
const AS_USER = 'Directory.AccessAsUser.All';
const WRITES = /^(.+)\.ReadWrite\.All$/;

/**
 * What a signed-in user who does not administer the directory can do with the scopes of an
 * application. A scope lets the application act for the user, and the user may read others and
 * change what is their own: of `User.ReadWrite.All` that leaves `User.ReadWrite` and
 * `User.Read.All`.
 */
export function narrowToOwn(permissions: readonly string[]): readonly string[] {
  return permissions.flatMap((name) => {
    if (name === AS_USER || name === PASSWORDS) return [AS_USER];
    if (APART.test(name)) return [];
    if (!CHANGES_OTHERS.test(name) || READS.test(name)) return [name];
    const [, resource] = WRITES.exec(name) ?? [];
    return resource === undefined ? [] : [`${resource}.ReadWrite`, `${resource}.Read.All`];
  });
}

/** Whether an administrator has to agree before an application may have the scope. */
export function wantsAdministrator(permission: string): boolean {
  return permission.endsWith('.All') || permission === 'Group.Create';
}
