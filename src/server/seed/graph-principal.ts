import { GRAPH_APP } from '#authority/tokens/issuer.ts';
import type { Model } from '#model/model.ts';
import { applicationPermissions, delegatedPermissions } from '#model/permissions.ts';
import type { MakeReady } from '#plan/load.ts';
import { decodeLine } from './decode-line.ts';
import { PRINCIPALS, type SeedPiece } from './decode-seed.ts';
import { makeId } from './make-id.ts';
import { type ReadyPiece, readyPiece } from './ready-pieces.ts';

/** The pieces of a seed, and in each tenant what stands for Graph, unless the seed brings it. */
export async function* withGraph(
  seed: AsyncIterable<ReadyPiece>,
  model: Model,
  make: MakeReady,
): AsyncGenerator<ReadyPiece> {
  const isServed = !model.isForeign && model.resources.has(PRINCIPALS);
  let hasBegun = false;
  let isThere = !isServed;
  for await (const piece of seed) {
    if (piece.kind === 'entities') isThere ||= piece.bringsGraph;
    else if (hasBegun) {
      if (!isThere) yield readyPiece(graphPiece(model), make);
      isThere = !isServed;
    }
    hasBegun = true;
    yield piece;
  }
  if (!isThere) yield readyPiece(graphPiece(model), make);
}

const pieces = new WeakMap<Model, SeedPiece>();

/** Decoded once: a test bench is reset often. */
function graphPiece(model: Model): SeedPiece {
  const known = pieces.get(model);
  if (known) return known;
  const line = { value: graphPrincipal(), where: 'Microsoft Graph' };
  const entities = decodeLine(model, line);
  const made: SeedPiece = { kind: 'entities', entities, bringsGraph: true, length: 0 };
  pieces.set(model, made);
  return made;
}

/** The line of what stands for Graph: its permissions are its roles and scopes. */
function graphPrincipal(): Readonly<Record<string, unknown>> {
  return {
    '@set': PRINCIPALS,
    id: makeId(`servicePrincipal ${GRAPH_APP}`),
    accountEnabled: true,
    appId: GRAPH_APP,
    appDisplayName: 'Microsoft Graph',
    displayName: 'Microsoft Graph',
    servicePrincipalNames: [GRAPH_APP, 'https://graph.microsoft.com'],
    servicePrincipalType: 'Application',
    appRoles: applicationPermissions.map((value) => ({
      ...described(value),
      id: makeId(`appRole ${value}`),
      allowedMemberTypes: ['Application'],
      description: value,
      displayName: value,
    })),
    oauth2PermissionScopes: scopes,
    publishedPermissionScopes: scopes,
  };
}

const scopes = delegatedPermissions.map((value) => ({
  ...described(value),
  id: makeId(`scope ${value}`),
  type: value.endsWith('.All') ? 'Admin' : 'User',
  adminConsentDisplayName: value,
  userConsentDisplayName: value,
}));

function described(value: string): { isEnabled: true; value: string } {
  return { isEnabled: true, value };
}
