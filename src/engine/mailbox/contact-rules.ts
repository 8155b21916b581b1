import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Document, Value } from '#plan/document.ts';
import { invalidValue } from '../directory/refuse-values.ts';
import type { BeginContext, SettleContext, TypeRules } from '../type-rules.ts';

const ADDRESSES_MAX = 3;

/** The refusal of what is not in a mailbox. */
function missing(): Refusal {
  return new Refusal('itemNotFound', 'The specified object was not found in the store.');
}

/** A contact says when it was written and in which folder it lies, and has a name to file it by. */
export const contactRules: TypeRules = {
  missing,
  begin(members, { now, owner }: BeginContext) {
    const at = formatInstant(now);
    const parentFolderId = owner && folderOf(owner.type.name, owner.ownerId, owner.key);
    return {
      ...members,
      ...namesOf(members),
      parentFolderId,
      createdDateTime: at,
      changeKey: newChangeKey(),
      lastModifiedDateTime: at,
    };
  },
  settle(written, context) {
    checkAddresses(written.emailAddresses, context);
    if (context.isNew) return {};
    return { changeKey: newChangeKey(), lastModifiedDateTime: formatInstant(context.now) };
  },
};

/** A folder of contacts lies in another one, or in that of the whole mailbox. */
export const contactFolderRules: TypeRules = {
  missing,
  begin(members, { owner, fidelity }) {
    const { displayName } = members;
    if (fidelity !== 'odata' && (displayName ?? '') === '') {
      throw invalidValue('ContactFolder', 'displayName', 'A folder has a name.');
    }
    const parentFolderId = owner && folderOf(owner.type.name, owner.ownerId, owner.key);
    return { ...members, parentFolderId };
  },
};

/** The folder of what lies directly in a mailbox has the owner's id; no other one has it. */
function folderOf(owner: string, ownerId: string, key: string): string {
  return owner === 'microsoft.graph.contactFolder' ? key : ownerId;
}

/** The names that follow from given name and surname where they are not given. */
function namesOf(members: Document): Document {
  const { givenName, middleName, surname, displayName, fileAs } = members;
  const parts = [givenName, middleName, surname].filter((part) => typeof part === 'string');
  const whole = parts.join(' ');
  const filed =
    typeof surname === 'string' && givenName ? `${surname}, ${String(givenName)}` : whole;
  return {
    displayName: displayName ?? whole,
    fileAs: fileAs ?? (filed || displayName || ''),
  };
}

function newChangeKey(): string {
  return Buffer.from(newId().replaceAll('-', ''), 'hex').toString('base64');
}

function checkAddresses(value: Value | undefined, { fidelity }: SettleContext): void {
  if (fidelity === 'odata' || !Array.isArray(value) || value.length <= ADDRESSES_MAX) return;
  throw invalidValue('Contact', 'emailAddresses', 'A contact has three addresses at most.');
}
