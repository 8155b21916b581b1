import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { directoryTypes } from '#model/directory/directory-types.ts';
import { mailboxTypes } from '#model/mailbox/mailbox-types.ts';
import { localName, type Property, type StructuredType } from '#model/model.ts';
import { profilePhoto } from '#model/photos/profile-photo.ts';
import { profileTypes } from '#model/profile/profile-types.ts';
import { resources } from '#model/resources.ts';
import type { Root } from '#model/schema.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';

const root = join(import.meta.dirname, '../..');
/** What is Graph's; the other chapters declare LinkedIn's old schema and Fast.PI's. */
const chapters = [...directoryTypes, ...mailboxTypes, ...profilePhoto, ...profileTypes];
const graphTypes = new Set(chapters.map(({ name }) => `microsoft.graph.${name}`));
/** What the contract's pages name at every root, and Graph's metadata has in `beta` or nowhere. */
const named = [
  'Contact.primaryEmailAddress',
  'Contact.secondaryEmailAddress',
  'Contact.tertiaryEmailAddress',
  'Group.onPremisesExtensionAttributes',
  'Group.welcomeMessageEnabled',
  'User.identityParentId',
];
const namedBeta = [
  'Group.accessType',
  'Group.infoCatalogs',
  'Group.isFavorite',
  'Group.organizationId',
  'Group.resourceBehaviorOptions',
  'Group.resourceProvisioningOptions',
  'Group.unseenConversationsCount',
  'Group.unseenMessagesCount',
];
/** People who matter are shown at both roots as v1.0 has them; Graph's beta has another shape. */
const people = [
  'Person.imAddress',
  'Person.jobTitle',
  'Person.personType',
  'Person.scoredEmailAddresses',
  'PersonType.class',
  'PersonType.subclass',
  'ScoredEmailAddress.address',
  'ScoredEmailAddress.itemId',
  'ScoredEmailAddress.relevanceScore',
  'ScoredEmailAddress.selectionLikelihood',
];
/** Graph's are locations, of which Kith keeps the addresses. */
const addresses = 'Person.postalAddresses';
const inBeta = ['MailboxSettings.userPurpose', 'SearchRequest.entityTypes'];
const different = {
  'v1.0': new Set([...named, ...namedBeta, addresses]),
  // A purpose may be `unknown`, and what is searched `qna`, in the beta alone.
  beta: new Set([...named, ...people, addresses, ...inBeta]),
};

const primitives: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'boolean',
  'Edm.Stream': 'any',
};
const numeric = /^Edm\.(Byte|Decimal|Double|Int\d\d|SByte|Single)$/;

const header = `
type Bare<T> = Exclude<NonNullable<T>, 'unknownFutureValue'>;
type Same<Theirs, Ours> = [Bare<Theirs>] extends [Ours]
  ? [Exclude<Ours, 'unknownFutureValue'>] extends [NonNullable<Theirs>] ? true : false
  : false;
declare function same<_Claim extends true>(): void;
`;

/** What a root declares of Graph's types: for each property a claim that the package has it so. */
function claimsOf(at: Root): Claim[] {
  const { types } = compileModel(declarations, resources, at);
  return [...types.values()].flatMap((type) =>
    type.kind !== 'enum' && graphTypes.has(type.name) ? claimsOfType(type) : [],
  );
}

interface Claim {
  /** `User.displayName`. */
  readonly name: string;
  readonly line: string;
}

function claimsOfType({ name, base, properties }: StructuredType): Claim[] {
  const type = nameOf(name);
  const own = [...properties.values()].filter((each) => !base?.properties.has(each.name));
  return own.map((property) => claim(type, property.name, writtenType(property)));
}

function claim(type: string, property: string, wanted: string): Claim {
  const line = `same<Same<graph.${type}['${property}'], ${wanted}>>();`;
  return { name: `${type}.${property}`, line };
}

function writtenType(property: Property): string {
  return property.collection ? `(${typeOf(property)})[]` : typeOf(property);
}

function typeOf({ type }: Property): string {
  if (type.kind === 'enum') return [...type.members.keys()].map((each) => `'${each}'`).join(' | ');
  if (type.kind === 'complex') return `graph.${nameOf(type.name)}`;
  return primitives[type.name] ?? (numeric.test(type.name) ? 'number' : 'string');
}

function nameOf(qualified: string): string {
  const name = localName(qualified);
  return name[0]!.toUpperCase() + name.slice(1);
}

const packages = {
  'v1.0': '@microsoft/microsoft-graph-types',
  beta: '@microsoft/microsoft-graph-types-beta',
} as const;

/** The names of the claims that do not hold, by the compiler's word. */
async function compile(claims: readonly Claim[], packageName: string): Promise<string[]> {
  await using scratch = await makeScratchFolder();
  const head = `import type * as graph from '${packageName}';${header}`;
  await writeFile(
    join(scratch.path, 'claims.ts'),
    [head, ...claims.map(({ line }) => line)].join('\n'),
  );
  await writeFile(join(scratch.path, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const said = await new Promise<string>((done) => {
    const flags = [tsc, '-p', scratch.path, '--pretty', 'false'];
    execFile(process.execPath, flags, { maxBuffer: 2 ** 26 }, (_, out, wrong) => done(out + wrong));
  });
  const lines = [...said.matchAll(/claims\.ts\((\d+),/g)].map(([, line]) => Number(line));
  assert.equal(lines.length > 0, said.trim() !== '', said);
  const first = head.split('\n').length;
  return [...new Set(lines)].map((line) => claims[line - 1 - first]?.name ?? said);
}

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'esnext',
  module: 'esnext',
  moduleResolution: 'bundler',
  types: [],
  paths: { '@microsoft/*': [join(root, 'node_modules/@microsoft/*')] },
};

for (const at of ['v1.0', 'beta'] as const) {
  test(`what ${at} declares has the names and types of ${packages[at]}`, async () => {
    const claims = claimsOf(at);
    assert.ok(claims.length > 300, `${claims.length} properties are compared.`);
    const wrong = [
      claim('User', 'displayNme', 'string'),
      claim('User', 'displayName', 'number'),
      claim('User', 'businessPhones', 'string'),
      claim('User', 'passwordProfile', 'graph.PersonName'),
      claim('Persn', 'displayName', 'string'),
    ];
    const failed = await compile([...claims, ...wrong], packages[at]);
    assert.deepEqual(failed, [
      ...claims.map(({ name }) => name).filter((name) => different[at].has(name)),
      ...wrong.map(({ name }) => name),
    ]);
  });
}
