import { Refusal } from '#errors.ts';
import type { TypeRules } from '../type-rules.ts';
import { checkRequired, invalidValue } from './refuse-values.ts';

const EXTENSION_BYTES_MAX = 2048;
const NAME = /^[A-Za-z][\w.-]{0,119}$/;
const TARGETS = ['User', 'Group', 'Application', 'Device', 'Organization', 'AdministrativeUnit'];

/** An open extension has its name as its id, and keeps 2 KB at most. */
export const openTypeExtensionRules: TypeRules = {
  identify: ({ extensionName }) => (typeof extensionName === 'string' ? extensionName : undefined),
  begin(members) {
    checkRequired(members, ['extensionName'], (path) => {
      return `A value is required for property '${path}' of resource 'OpenTypeExtension'.`;
    });
    if (!NAME.test(String(members.extensionName))) {
      const why = 'A name begins with a letter, and has letters, digits and _ . - behind it.';
      throw invalidValue('OpenTypeExtension', 'extensionName', why);
    }
    return members;
  },
  settle(written, { before }) {
    const name = before('extensionName');
    if ('extensionName' in written && name !== undefined && written.extensionName !== name) {
      throw invalidValue('OpenTypeExtension', 'extensionName', 'The name stays what it is.');
    }
    if (Buffer.byteLength(JSON.stringify(written)) <= EXTENSION_BYTES_MAX) return {};
    const message = `An extension keeps at most ${EXTENSION_BYTES_MAX} bytes.`;
    throw new Refusal('badRequest', message, { target: 'extensionName' });
  },
};

/** A property by which an application extends directory objects has the application in its name. */
export const extensionPropertyRules: TypeRules = {
  begin(members, { owner }) {
    checkRequired(members, ['name', 'dataType'], (path) => {
      return `A value is required for property '${path}' of resource 'ExtensionProperty'.`;
    });
    const targets = (members.targetObjects ?? []) as string[];
    const unknown = targets.find((each) => !TARGETS.includes(each));
    if (targets.length === 0 || unknown !== undefined) {
      const why = `The objects are ${TARGETS.join(', ')}; one is needed.`;
      throw invalidValue('ExtensionProperty', 'targetObjects', why);
    }
    if (!/^\w{1,200}$/.test(String(members.name))) {
      throw invalidValue('ExtensionProperty', 'name', 'A name has letters, digits and _.');
    }
    const { appId, displayName } = owner?.members ?? {};
    return {
      ...members,
      name: `extension_${String(appId).replaceAll('-', '')}_${String(members.name)}`,
      appDisplayName: displayName ?? '',
      isSyncedFromOnPremises: false,
    };
  },
};
