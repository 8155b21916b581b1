import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { Behaviour, BehaviourCall } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';

/** Ids that one call may ask for, as Graph's page says. */
const IDS_MAX = 1_000;
const TYPES = ['user', 'group'] as const;
/** Names that a group may not have. */
const RESERVED = new Set([
  'abuse',
  'admin',
  'administrator',
  'hostmaster',
  'majordomo',
  'postmaster',
  'root',
  'secure',
  'security',
  'ssl-admin',
  'webmaster',
]);

/** The objects with the given ids, as far as they are there, of the given types. */
export const getByIds: Behaviour = async ({ parameters, store }) => {
  const ids = parameters.ids as string[];
  const types = ((parameters.types as string[] | undefined) ?? []).map((each) => {
    return each.toLowerCase();
  });
  if (ids.length === 0 || ids.length > IDS_MAX) {
    const message = `Between 1 and ${IDS_MAX} ids can be asked for at once.`;
    throw new Refusal('badRequest', message, { target: 'ids' });
  }
  const wrong = ids.find((id) => !isGuid(id));
  if (wrong !== undefined) {
    throw new Refusal('badRequest', `Invalid GUID:${wrong}`, { target: 'ids' });
  }
  const isWanted = TYPES.filter(
    (type) => types.length === 0 || types.includes(type) || types.includes('directoryobject'),
  );
  const found: Document[] = [];
  for (const id of new Set(ids.map((each) => each.toLowerCase()))) {
    const object = (await store.read(`directoryObjects('${id}')`)) as Document | undefined;
    const type = String(object?.['@odata.type'] ?? '').replace(/^.*\./, '');
    if (object && isWanted.some((each) => each === type)) found.push(object);
  }
  return found;
};

/** Refuses, as Graph does with 422, a name that a new group could not have. */
export const validateProperties: Behaviour = async (call) => {
  const { entityType, displayName, mailNickname } = call.parameters;
  if (entityType !== undefined && entityType !== null && entityType !== 'Group') {
    const message = `Invalid value specified for 'entityType'.`;
    throw new Refusal('badRequest', message, { target: 'entityType' });
  }
  if (typeof displayName !== 'string' && typeof mailNickname !== 'string') {
    const message = 'One of displayName and mailNickname is needed.';
    throw new Refusal('badRequest', message, { target: 'displayName' });
  }
  if (typeof mailNickname === 'string') await checkNickname(call, mailNickname);
};

async function checkNickname(call: BehaviourCall, nickname: string): Promise<void> {
  const refuse = (code: string, message: string): never => {
    const what = 'The values provided contain one or more validation errors.';
    throw new Refusal('unprocessable', what, {
      target: 'mailNickname',
      details: [{ code, message, target: 'mailNickname' }],
    });
  };
  if (RESERVED.has(nickname.toLowerCase())) {
    refuse('ContainsBlockedWord', `The mailNickname '${nickname}' is reserved.`);
  }
  if (!/^[\w!#$%&'*+\-/=?^`{|}~.]{1,64}$/.test(nickname)) {
    refuse('InvalidValue', `The mailNickname '${nickname}' has characters that are not allowed.`);
  }
  const own = String((call.binding?.value as Document | undefined)?.id ?? '');
  const filter = encodeURIComponent(`mailNickname eq '${nickname.replaceAll("'", "''")}'`);
  const same = await call.store.list(`groups?$select=id&$filter=${filter}`, 2);
  if (same.some(({ id }) => id !== own)) {
    const what = 'Another object with the same value for property mailNickname already exists.';
    refuse('ObjectConflict', what);
  }
}

/** Every property by which applications of the directory extend its objects. */
export const getAvailableExtensionProperties: Behaviour = async ({ store, parameters }) => {
  if (parameters.isSyncedFromOnPremises === true) return [];
  const applications = await store.list('applications?$select=id');
  const all = await Promise.all(
    applications.map(({ id }) => store.list(`applications('${String(id)}')/extensionProperties`)),
  );
  return all.flat();
};
