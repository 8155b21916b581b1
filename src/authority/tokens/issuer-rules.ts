/** An issuer whose tokens are accepted, and what its claims mean here. */
export interface IssuerRule {
  /** As its tokens and its metadata name it. */
  readonly issuer: string;
  /** What its tokens for this service say in `aud`. */
  readonly audiences: readonly string[];
  /** Guid or domain of the tenant that its tokens belong to; the default one without it. */
  readonly tenant: string | undefined;
  /** The claim that names a person, and the property of a user that it is compared with. */
  readonly userClaim: string;
  readonly userProperty: 'id' | 'userPrincipalName' | 'mail';
  /** Claims with what has been granted, as a list or with spaces between. */
  readonly scopeClaim: string;
  readonly roleClaim: string;
  /** Their names of permissions -> ours; names that are not here are left out. All as they are without it. */
  readonly permissions: Readonly<Record<string, readonly string[]>> | undefined;
  /** Client id -> permissions of an application that acts as itself. */
  readonly applications: Readonly<Record<string, readonly string[]>>;
  readonly algorithms: readonly string[];
}

/** An issuer file that cannot be used; the message is one sentence for the operator. */
export class IssuerRuleError extends Error {}

const NAMES = [
  'issuer',
  'audiences',
  'tenant',
  'userClaim',
  'userProperty',
  'scopeClaim',
  'roleClaim',
  'permissions',
  'applications',
  'algorithms',
];
const PROPERTIES = ['id', 'userPrincipalName', 'mail'];
/** Signatures by a key pair: a shared secret would let every service that has it be the issuer. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];

type Written = Readonly<Record<string, unknown>>;

/** Reads a JSON list of issuers. Throws an IssuerRuleError that says which one is wrong, and how. */
export function readIssuerRules(text: string): readonly IssuerRule[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new IssuerRuleError(`it is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(value)) throw new IssuerRuleError('it is not a list of issuers');
  return value.map((each, index) => readRule(each, `issuer ${index + 1}`));
}

function readRule(value: unknown, which: string): IssuerRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new IssuerRuleError(`${which} is not an object`);
  }
  const written = value as Written;
  const unknown = Object.keys(written).find((name) => !NAMES.includes(name));
  if (unknown)
    throw new IssuerRuleError(`${which} has '${unknown}', not one of ${NAMES.join(', ')}`);
  const issuer = readText(written, 'issuer', which);
  if (!issuer || !URL.canParse(issuer))
    throw new IssuerRuleError(`${which} has no URL as 'issuer'`);
  const audiences = readTexts(written.audiences, `'audiences' of ${which}`);
  if (audiences.length === 0) throw new IssuerRuleError(`${which} names no 'audiences'`);
  const userProperty = readText(written, 'userProperty', which) ?? 'userPrincipalName';
  if (!PROPERTIES.includes(userProperty)) {
    throw new IssuerRuleError(`'userProperty' of ${which} is one of ${PROPERTIES.join(', ')}`);
  }
  const algorithms = readTexts(written.algorithms ?? ['RS256'], `'algorithms' of ${which}`);
  const weak = algorithms.find((each) => !ALGORITHMS.includes(each));
  if (weak !== undefined) {
    throw new IssuerRuleError(`'algorithms' of ${which} are of ${ALGORITHMS.join(', ')}`);
  }
  const { permissions } = written;
  return {
    issuer,
    audiences,
    tenant: readText(written, 'tenant', which),
    userClaim: readText(written, 'userClaim', which) ?? 'preferred_username',
    userProperty: userProperty as IssuerRule['userProperty'],
    scopeClaim: readText(written, 'scopeClaim', which) ?? 'scp',
    roleClaim: readText(written, 'roleClaim', which) ?? 'roles',
    permissions:
      permissions === undefined ? undefined : readLists(permissions, `'permissions' of ${which}`),
    applications: readLists(written.applications ?? {}, `'applications' of ${which}`),
    algorithms,
  };
}

function readText(written: Written, name: string, which: string): string | undefined {
  const value = written[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new IssuerRuleError(`'${name}' of ${which} is not a text`);
}

function readTexts(value: unknown, what: string): readonly string[] {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new IssuerRuleError(`${what} is not a list of texts`);
}

function readLists(value: unknown, what: string): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new IssuerRuleError(`${what} is not an object`);
  }
  const entries = Object.entries(value).map(
    ([name, each]) => [name, readTexts(each, what)] as const,
  );
  return Object.fromEntries(entries);
}
