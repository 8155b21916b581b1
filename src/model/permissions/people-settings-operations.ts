import { type PermissionRow, shared } from './permission-row.ts';

const write = ['PeopleSettings.ReadWrite.All'];
const read = ['PeopleSettings.Read.All', ...write];
const people = '/admin/people';
const collections = ['profileCardProperties', 'profilePropertySettings', 'profileSources'];
const singles = ['itemInsights', 'namePronunciation', 'photoUpdateSettings', 'pronouns'];

/** What administrators say of everybody's profiles. */
export const peopleSettingsOperations: readonly PermissionRow[] = [
  shared(`GET ${people}`, read),
  ...singles.flatMap((name) => [
    shared(`GET ${people}/${name}`, read),
    shared(`PATCH ${people}/${name}`, write),
  ]),
  shared(`DELETE ${people}/photoUpdateSettings`, write),
  ...collections.flatMap((name) => [
    shared(`GET ${people}/${name}`, read),
    shared(`POST ${people}/${name}`, write),
    shared(`GET ${people}/${name}/{id}`, read),
    shared(`PATCH ${people}/${name}/{id}`, write),
    shared(`DELETE ${people}/${name}/{id}`, write),
  ]),
];
