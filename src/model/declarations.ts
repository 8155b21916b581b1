import { decoratedTypes } from './decorated/decorated-types.ts';
import { directoryTypes } from './directory/directory-types.ts';
import { fastPiTypes } from './fast-pi/fast-pi-types.ts';
import { mailboxTypes } from './mailbox/mailbox-types.ts';
import { profilePhoto } from './photos/profile-photo.ts';
import { profileTypes } from './profile/profile-types.ts';
import type { TypeDeclaration } from './schema.ts';

/** Every declared type; `compile.ts` makes the model of each root from it. */
export const declarations: readonly TypeDeclaration[] = [
  ...directoryTypes,
  ...mailboxTypes,
  ...profilePhoto,
  ...profileTypes,
  ...fastPiTypes,
  ...decoratedTypes,
];
