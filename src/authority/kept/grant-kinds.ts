/** The kinds of grants that more than one chapter knows: what a secret in somebody's hand is. */
export const CODE = 'code';
export const REFRESH = 'refresh';
export const DEVICE = 'device';
/** A browser in which somebody has signed in. */
export const SESSION = 'session';

/** Kinds that say something of a person or an application as such. */
export const ROLE = 'role';
export const REVOKED = 'revoked';
