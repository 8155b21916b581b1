import { action, type OperationDeclaration } from '../schema-operations.ts';

type Options = Omit<Parameters<typeof action>[1], 'bound'>;

const needed = (name: string, type: string) => ({ name, type, collection: false, nullable: false });
const optional = (name: string, type: string) => ({
  name,
  type,
  collection: false,
  nullable: true,
});
const keyId = needed('keyId', 'Edm.Guid');
const proof = optional('proof', 'Edm.String');

/** The same action of what shows who it is: an application, and what stands for it in a tenant. */
function ofBoth(name: string, { parameters = [], ...rest }: Options): OperationDeclaration[] {
  return ['application', 'servicePrincipal'].map((type) =>
    action(name, {
      ...rest,
      bound: true,
      parameters: [{ name: 'bindingParameter', type, collection: false }, ...parameters],
    }),
  );
}

/** What gives applications secrets and certificates, and takes them away. */
export const credentialActions: readonly OperationDeclaration[] = [
  ...ofBoth('addPassword', {
    parameters: [optional('passwordCredential', 'passwordCredential')],
    returns: { type: 'passwordCredential', collection: false },
  }),
  ...ofBoth('removePassword', { parameters: [keyId] }),
  ...ofBoth('addKey', {
    parameters: [
      needed('keyCredential', 'keyCredential'),
      optional('passwordCredential', 'passwordCredential'),
      proof,
    ],
    returns: { type: 'keyCredential', collection: false },
  }),
  ...ofBoth('removeKey', { parameters: [keyId, proof] }),
];
