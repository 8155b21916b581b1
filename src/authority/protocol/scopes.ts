import { applicationPermissions, delegatedPermissions } from '#model/permissions.ts';
import { GRAPH_AUDIENCES } from '../tokens/issuer.ts';
import { ProtocolError } from './protocol-error.ts';

/** What a request asks for in `scope`. */
export interface RequestedScopes {
  /** As the caller spells them: answers echo that. */
  readonly written: readonly string[];
  /** `openid`, `profile`, `email`, `offline_access`. */
  readonly openid: ReadonlySet<string>;
  /** The resource as it is written, undefined for Graph. */
  readonly resource: string | undefined;
  /** What stands before the names of the resource's scopes, with its slash; empty for bare ones. */
  readonly prefix: string;
  /** The names of scopes, without `.default`. */
  readonly names: readonly string[];
  readonly isDefault: boolean;
}

const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);
const NAME = /^[A-Za-z][\w.-]{0,127}$/;
const SCOPES_MAX = 200;
const DEFAULT = '.default';

const spelled = new Map(
  [...delegatedPermissions, ...applicationPermissions].map((name) => [name.toLowerCase(), name]),
);

/**
 * Reads a scope parameter (RFC 6749, section 3.3). Names may be bare, or stand behind Graph's URL
 * or id, or one of the server's own origins, which all mean Graph, or behind another resource.
 * Refuses more than one resource, and `.default` beside other names of it.
 */
export function readScopes(text: string, origins: ReadonlySet<string>): RequestedScopes {
  const written = [...new Set(text.split(' ').filter((each) => each !== ''))];
  if (written.length === 0) throw new ProtocolError('missingParameter', missing('scope'));
  if (written.length > SCOPES_MAX) throw invalid(`${written.length} scopes are too many.`);
  const openid = new Set(written.map(lower).filter((each) => OPENID.has(each)));
  const others = written.filter((each) => !OPENID.has(each.toLowerCase()));
  const parts = others.map((each) => split(each, origins));
  const resources = new Set(parts.map(({ resource }) => resource?.toLowerCase()));
  if (resources.size > 1) {
    const message = 'The scope is not valid because it contains more than one resource.';
    throw new ProtocolError('manyResources', message);
  }
  const names = parts.map(({ name }) => name).filter((name) => name !== DEFAULT);
  const isDefault = names.length < parts.length;
  if (isDefault && names.length > 0) {
    const message = '.default scope cannot be combined with resource-specific scopes.';
    throw new ProtocolError('defaultAlone', message);
  }
  return {
    written,
    openid,
    resource: parts[0]?.resource,
    prefix: parts[0]?.prefix ?? '',
    names: unique(names.map((name) => spelled.get(name.toLowerCase()) ?? name)),
    isDefault,
  };
}

/** The message for a parameter that is not there. */
export function missing(name: string): string {
  return `The request body must contain the following parameter: '${name}'.`;
}

/** The parameter of that name; refuses a request without it. */
export function requireParameter(params: ReadonlyMap<string, string>, name: string): string {
  const value = params.get(name);
  if (value) return value;
  throw new ProtocolError('missingParameter', missing(name));
}

interface ScopeParts {
  readonly resource: string | undefined;
  readonly prefix: string;
  readonly name: string;
}

function split(scope: string, origins: ReadonlySet<string>): ScopeParts {
  const slash = scope.lastIndexOf('/');
  const name = scope.slice(slash + 1);
  const prefix = scope.slice(0, slash + 1);
  if (name !== DEFAULT && !NAME.test(name))
    throw invalid(`The scope '${shown(scope)}' is not valid.`);
  if (slash < 0) {
    return { resource: undefined, prefix, name };
  }
  const resource = prefix.replace(/\/+$/, '');
  return { resource: isGraph(resource, origins) ? undefined : resource, prefix, name };
}

function isGraph(resource: string, origins: ReadonlySet<string>): boolean {
  const folded = resource.toLowerCase();
  return (GRAPH_AUDIENCES as readonly string[]).includes(folded) || origins.has(folded);
}

function invalid(message: string): ProtocolError {
  return new ProtocolError('invalidScope', message);
}

function shown(scope: string): string {
  return scope.slice(0, 100);
}

function lower(text: string): string {
  return text.toLowerCase();
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
