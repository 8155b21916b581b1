import { X509Certificate } from 'node:crypto';
import { describeCertificate } from '#authority/clients/certificate-credential.ts';
import { certificatesOf } from '#authority/clients/client.ts';
import {
  addCertificate,
  addSecret,
  type CredentialOwner,
  type GivenCredential,
  removeCredential,
} from '#authority/clients/credentials.ts';
import { checkKeyProof } from '#authority/clients/key-proof.ts';
import { checkOperation } from '#engine/access/check-access.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import { localName } from '#model/model.ts';
import { decodeParameters } from '#odata/decode-parameters.ts';
import { segmentNotServed } from '#odata/paths/refuse-segment.ts';
import type { Document, Value } from '#plan/document.ts';
import type { CallTarget } from '#plan/target.ts';
import type { CallContext } from '../behaviour/call-operation.ts';
import { readJson } from '../read-json.ts';

type Parameters = ReadonlyMap<string, Value>;
type Act = (
  owner: CredentialOwner,
  given: Parameters,
  context: CallContext,
) => Promise<Document | boolean | undefined>;

const CERTIFICATE = 'AsymmetricX509Cert';

const acts: Readonly<Record<string, Act>> = {
  addPassword: (owner, given, { parts }) =>
    addSecret(owner, (given.get('passwordCredential') ?? {}) as GivenCredential, parts),
  removePassword: (owner, given, { parts }) =>
    removeCredential(owner, 'passwordCredentials', String(given.get('keyId')), parts),
  addKey,
  async removeKey(owner, given, context) {
    await prove(owner, given, context);
    return removeCredential(owner, 'keyCredentials', String(given.get('keyId')), context.parts);
  },
};

/**
 * Carries out an action that gives an application a secret or a certificate, or takes one away, and
 * gives what it gives (Graph's pages "addPassword", "removePassword", "addKey", "removeKey").
 */
export async function changeCredentials(
  call: CallTarget,
  context: CallContext,
): Promise<Document | undefined> {
  const { caller, model, request } = context;
  const name = localName(call.operation.name);
  const owner = ownerOf(call, context);
  checkOperation(caller, `POST /${owner.set}/{id}/${name}`, model);
  const body = request.body === undefined || request.body.length === 0 ? {} : readJson(request);
  const result = await acts[name]!(owner, decodeParameters(model, call.operation, body), context);
  if (result === undefined || result === false) throw notFound(owner);
  return result === true ? undefined : result;
}

function ownerOf({ binding, operation, rest }: CallTarget, { caller }: CallContext) {
  if (!binding || 'operation' in binding || rest) throw segmentNotServed(operation.name);
  const { resource, steps } = binding;
  const [key, ...others] = steps;
  const isOne = resource.collection && key?.kind === 'key' && others.length === 0 && !key.filtered;
  if (!isOne) throw segmentNotServed(operation.name);
  const [alternate] = key.alternate ?? [];
  const owner: CredentialOwner = {
    tenant: caller.tenant,
    set: resource.set as CredentialOwner['set'],
    property: key.property ?? 'id',
    value: String(alternate?.value ?? key.value).toLowerCase(),
  };
  return owner;
}

async function addKey(
  owner: CredentialOwner,
  given: Parameters,
  context: CallContext,
): Promise<Document | undefined> {
  const { type, usage, key, displayName } = given.get('keyCredential') as Document;
  const isCertificate = (type ?? CERTIFICATE) === CERTIFICATE && (usage ?? 'Verify') === 'Verify';
  if (!isCertificate || given.get('passwordCredential')) {
    const message = `Only keys of the type '${CERTIFICATE}' with the usage 'Verify' are kept.`;
    throw new Refusal('badRequest', message, { target: 'keyCredential/type' });
  }
  await prove(owner, given, context);
  const credential: Document = {
    '@odata.type': 'microsoft.graph.keyCredential',
    ...describeCertificate(readCertificate(key)),
    keyId: newId(),
    ...(typeof displayName === 'string' ? { displayName } : {}),
  };
  const isThere = await addCertificate(owner, credential, context.parts);
  return isThere ? credential : undefined;
}

/** Reads DER, or PEM in which somebody has wrapped it. */
function readCertificate(key: Value | undefined): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(String(key), 'base64url'));
  } catch {
    const message = 'The key is no X.509 certificate.';
    throw new Refusal('badRequest', message, { target: 'keyCredential/key' });
  }
}

async function prove(
  { tenant, set, property, value }: CredentialOwner,
  given: Parameters,
  { parts }: CallContext,
): Promise<void> {
  const found = await parts.store.reader(tenant).find(set, property, value, 'doc');
  if (!found) return;
  const { id, keyCredentials } = JSON.parse(found.text) as Document;
  const certificates = certificatesOf(keyCredentials);
  checkKeyProof({ id: String(id), certificates }, given.get('proof'), parts.clock.now());
}

function notFound({ value }: CredentialOwner): Refusal {
  const rest = 'or one of its queried reference-property objects are not present.';
  return new Refusal('notFound', `Resource '${value}' does not exist ${rest}`);
}
