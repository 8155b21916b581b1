import { own, type PermissionRow, shared } from './permission-row.ts';

const readOwn = ['User.Read', 'User.ReadWrite', 'User.Read.All', 'User.ReadWrite.All'];
const writeOwn = ['User.ReadWrite', 'User.ReadWrite.All'];
const write = ['PeopleSettings.ReadWrite.All'];
const read = ['PeopleSettings.Read.All', ...write];

const ofUser = '/userSettings';
const ofOrganization = '/organization/settings';
const cardProperties = `${ofOrganization}/profileCardProperties`;

/** What people choose for themselves and organizations for everybody, in the Fast.PI dialect. */
export const settingsOperations: readonly PermissionRow[] = [
  own(`GET ${ofUser}`, readOwn),
  own(`PATCH ${ofUser}`, writeOwn),
  ...['contactMergeSuggestions', 'regionalAndLanguageSettings'].flatMap((name) => [
    own(`GET ${ofUser}/${name}`, readOwn),
    own(`PATCH ${ofUser}/${name}`, writeOwn),
    own(`DELETE ${ofUser}/${name}`, writeOwn),
  ]),
  shared(`GET ${ofOrganization}`, read),
  shared(`PATCH ${ofOrganization}`, write),
  ...['itemInsights', 'peopleInsights'].flatMap((name) => [
    shared(`GET ${ofOrganization}/${name}`, read),
    shared(`PATCH ${ofOrganization}/${name}`, write),
    shared(`DELETE ${ofOrganization}/${name}`, write),
  ]),
  shared(`GET ${cardProperties}`, read),
  shared(`POST ${cardProperties}`, write),
  shared(`GET ${cardProperties}/{id}`, read),
  shared(`PATCH ${cardProperties}/{id}`, write),
  shared(`DELETE ${cardProperties}/{id}`, write),
];
