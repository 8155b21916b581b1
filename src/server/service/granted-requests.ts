import { checkAccess } from '#engine/access/check-access.ts';
import { notFound } from '#engine/place.ts';
import { locate } from '#engine/reading/locate.ts';
import { Refusal } from '#errors.ts';
import type { EntityType, Resource } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { KeyStep, NavigationStep, Target } from '#plan/target.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import type { ServiceAnswer } from '../service-request.ts';

/** Where roles and scopes are kept that are granted: one set for each kind. */
const SETS: ReadonlyMap<string, string> = new Map([
  ['microsoft.graph.appRoleAssignment', 'appRoleAssignments'],
  ['microsoft.graph.oAuth2PermissionGrant', 'oauth2PermissionGrants'],
]);

type AnswerTarget = (asked: Asked) => MaybePromise<ServiceAnswer>;

/** Whether a request is for what is granted to somebody, or to an application by them. */
export function isForGranted({ model, target }: Asked): boolean {
  return !model.isForeign && SETS.has(target.type.name) && stepOf(target) !== undefined;
}

/**
 * Answers a request for what is granted to one person, group or application: what is kept of all of
 * them, as far as it names this one (Graph's pages "List appRoleAssignments granted to a user" and
 * the like).
 */
export async function answerGranted(asked: Asked, answer: AnswerTarget): Promise<ServiceAnswer> {
  const { caller, model, parts, request, target } = asked;
  const step = stepOf(target)!;
  const at = target.steps.indexOf(step);
  const access = checkAccess(caller, request.method, target, model);
  const owner = await locate({
    target: { ...target, steps: target.steps.slice(0, at), collection: false },
    ...{ caller, access, wanted: 'nothing', reader: parts.store.reader(caller.tenant) },
  });
  const name = nameOf(step, target.resource);
  const type = step.navigation.target;
  const set = SETS.get(type.name)!;
  const resource = resourceOf(target.resource, set, type);
  const rest = target.steps.slice(at + 1);
  const [key] = rest;
  if (key?.kind === 'key') {
    await checkNamed(asked, { set, key, name, id: owner.ownerId });
    return answer({ ...asked, target: { ...target, resource, steps: rest } });
  }
  const own = { ...target, resource };
  if (request.method === 'POST' && target.ending.kind === 'entities') {
    return add({ ...asked, target: { ...own, steps: [] } }, { name, id: owner.ownerId }, answer);
  }
  const predicate = compareProperty([type.properties.get(name)!], 'eq', owner.ownerId);
  return answer({ ...asked, target: { ...own, steps: [{ kind: 'filter', predicate }, ...rest] } });
}

/** The navigation that leads to what is granted. */
function stepOf({ steps }: Target): NavigationStep | undefined {
  return steps.find(
    (step): step is NavigationStep =>
      step.kind === 'navigation' && SETS.has(step.navigation.target.name),
  );
}

/** The property that names who has the navigation. */
function nameOf({ navigation }: NavigationStep, { set }: Resource): string {
  if (navigation.name === 'appRoleAssignedTo') return 'resourceId';
  const isOfClient = navigation.name === 'oauth2PermissionGrants' && set === 'servicePrincipals';
  return isOfClient ? 'clientId' : 'principalId';
}

/** The set that keeps them, which no URL may name itself. */
function resourceOf(from: Resource, set: string, type: EntityType): Resource {
  const names = { name: set, set, shown: set, reachedBy: set, path: '' };
  return { ...from, ...names, type, collection: true, isCaller: false, bindings: new Map() };
}

interface Named {
  readonly name: string;
  readonly id: string;
}

async function checkNamed(
  { caller, parts }: Asked,
  { set, key, name, id }: Named & { readonly set: string; readonly key: KeyStep },
): Promise<void> {
  const found = await parts.store.reader(caller.tenant).find(set, 'id', key.value, 'doc');
  if (found && (JSON.parse(found.text) as Document)[name] === id) return;
  throw notFound(key.value);
}

/** What is added names the one to whom it is added, or leaves that to the path. */
async function add(
  asked: Asked,
  { name, id }: Named,
  answer: AnswerTarget,
): Promise<ServiceAnswer> {
  const { request } = asked;
  const body = readJson(request);
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const isOther = given[name] !== undefined && String(given[name]).toLowerCase() !== id;
  if (isOther) {
    const message = `The value of '${name}' is not the object of the path.`;
    throw new Refusal('badRequest', message, { target: name });
  }
  const complete = Buffer.from(JSON.stringify({ ...given, [name]: id }));
  const made = await answer({ ...asked, request: { ...request, body: complete } });
  const { Location: place = '' } = made.headers;
  const [, key = ''] = /\('([^']*)'\)$/.exec(place) ?? [];
  if (key === '') return made;
  const Location = `${request.origin}/${request.root}${request.path}/${key}`;
  return { ...made, headers: { ...made.headers, Location } };
}
