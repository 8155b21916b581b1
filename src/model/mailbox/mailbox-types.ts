import type { TypeDeclaration } from '../schema.ts';
import { addresses } from './addresses.ts';
import { contact } from './contact.ts';
import { contactFolder } from './contact-folder.ts';
import { datesAndLocales } from './dates-and-locales.ts';
import { mailboxSettings } from './mailbox-settings.ts';
import { outlookItem } from './outlook-item.ts';
import { timeZones } from './time-zones.ts';

/** The types of the mailbox: its settings and its contacts. */
export const mailboxTypes: readonly TypeDeclaration[] = [
  ...mailboxSettings,
  ...datesAndLocales,
  ...timeZones,
  ...addresses,
  ...outlookItem,
  ...contact,
  ...contactFolder,
];
