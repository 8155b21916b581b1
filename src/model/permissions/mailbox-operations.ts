import { none, type PermissionRow, personal } from './permission-row.ts';

/** To read one's own mailbox. */
export const readContacts = ['Contacts.Read', 'Contacts.ReadWrite'];
/** To change it. */
export const writeContacts = ['Contacts.ReadWrite'];

/** A mailbox is its owner's: of people it reaches its owner alone. */
function reading(path: string): readonly PermissionRow[] {
  return personal(`GET ${path}`, readContacts, none, readContacts);
}

function writing(operation: string): readonly PermissionRow[] {
  return personal(operation, writeContacts, none, writeContacts);
}

function collection(path: string): readonly PermissionRow[] {
  return [
    ...reading(path),
    ...reading(`${path}/delta`),
    ...reading(`${path}/{id}`),
    ...writing(`POST ${path}`),
    ...writing(`PATCH ${path}/{id}`),
    ...writing(`DELETE ${path}/{id}`),
    ...writing(`POST ${path}/{id}/permanentDelete`),
  ];
}

/** What applications add to a contact. */
function extensions(path: string): readonly PermissionRow[] {
  return [
    ...reading(`${path}/{id}/extensions`),
    ...reading(`${path}/{id}/extensions/{id}`),
    ...writing(`POST ${path}/{id}/extensions`),
    ...writing(`PATCH ${path}/{id}/extensions/{id}`),
    ...writing(`DELETE ${path}/{id}/extensions/{id}`),
  ];
}

const contacts = [
  '/contacts',
  '/contactFolders/{id}/contacts',
  '/contactFolders/{id}/childFolders/{id}/contacts',
];
const folders = ['/contactFolders', '/contactFolders/{id}/childFolders'];

/** Contacts of a mailbox, and the folders in which they lie. */
export const mailboxOperations: readonly PermissionRow[] = [
  ...[...contacts, ...folders].flatMap(collection),
  ...contacts.flatMap(extensions),
];
