import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Document, Value } from '#plan/document.ts';
import type { BeginContext, SettleContext, TypeRules } from '../type-rules.ts';
import { checkRequired, invalidValue, readOnlyProperty } from './refuse-values.ts';

const NAME = /^[a-z]\w{0,119}$/i;
const DOMAIN = /^([a-z\d]+)_/i;
const OWN_PREFIX = /^ext[a-z\d]{8}_/;
const PREFIX_LENGTH = 8;
/** The types that schema extensions extend, as Graph's page "schemaExtension" lists them. */
const targets = new Set(
  (
    'administrativeunit application contact device event group message organization post ' +
    'todotask todotasklist user'
  ).split(' '),
);
/** What follows on a state of a definition. */
const next: Readonly<Record<string, string>> = {
  InDevelopment: 'Available',
  Available: 'Deprecated',
};

/** The definition of values that are added to objects: who owns it adds to it, and no more. */
export const schemaExtensionRules: TypeRules = {
  completesKey: true,
  identify: identifyDefinition,
  begin: beginDefinition,
  settle: settleDefinition,
};

/** A name alone becomes an id by a prefix that nobody else has. */
function identifyDefinition({ id }: Document): string {
  if (typeof id !== 'string' || !NAME.test(id)) {
    const why = 'A name begins with a letter, and has letters, digits and _ behind it.';
    throw invalidValue('SchemaExtension', 'id', why);
  }
  if (id.includes('_')) return id;
  return `ext${newId().replaceAll('-', '').slice(-PREFIX_LENGTH)}_${id}`;
}

function beginDefinition(members: Document, { caller, fidelity }: BeginContext): Document {
  const made = { ...members, status: 'InDevelopment', owner: members.owner ?? caller.app ?? '' };
  if (fidelity === 'odata') return made;
  checkRequired(made, ['description', 'properties', 'targetTypes'], (path) => {
    return `A value is required for property '${path}' of resource 'SchemaExtension'.`;
  });
  const id = String(members.id);
  const [, domain] = DOMAIN.exec(id) ?? [];
  const own = caller.tenant.domains.map((each) => each.toLowerCase().split('.')[0]);
  if (!OWN_PREFIX.test(id) && !own.includes(domain?.toLowerCase())) {
    const why = 'Before the _ stands the name of a verified domain; or send a name without _.';
    throw invalidValue('SchemaExtension', 'id', why);
  }
  return made;
}

function settleDefinition(written: Document, context: SettleContext): Document {
  const { fidelity, isNew, before } = context;
  if (fidelity === 'odata') return {};
  checkTargets(written.targetTypes);
  checkNames(written.properties);
  if (!isNew) checkAdded(written, { before, app: context.caller.app });
  return {};
}

function checkTargets(value: Value | undefined): void {
  if (!Array.isArray(value)) return;
  const wrong = value.some((each) => !targets.has(String(each).toLowerCase()));
  if (value.length > 0 && !wrong) return;
  throw invalidValue('SchemaExtension', 'targetTypes', 'One of the types that can be extended.');
}

function checkNames(value: Value | undefined): void {
  if (!Array.isArray(value)) return;
  const names = (value as Document[]).map(({ name }) => String(name).toLowerCase());
  const isPlain = (value as Document[]).every(
    ({ name, type }) => NAME.test(String(name)) && typeof type === 'string',
  );
  if (isPlain && names.length > 0 && new Set(names).size === names.length) return;
  throw invalidValue('SchemaExtension', 'properties', 'Each has a type and a name of its own.');
}

/** What is there stays; the owner alone adds to it, until it is deprecated. */
function checkAdded(
  written: Document,
  { before, app }: Pick<SettleContext, 'before'> & { readonly app: string | undefined },
): void {
  const owner = before('owner');
  if ((written.owner ?? owner) !== owner) throw readOnlyProperty('owner');
  const status = before('status');
  // Whoever says the owner acts for it: Graph asks whether that is an application of theirs.
  const isOwner = app === owner || written.owner === owner;
  if (!isOwner || status === 'Deprecated') {
    const message = 'Insufficient privileges to complete the operation.';
    throw new Refusal('accessDenied', message);
  }
  const now = written.status ?? status;
  if (now !== status && next[String(status)] !== now) {
    throw invalidValue('SchemaExtension', 'status', `It is ${String(status)}.`);
  }
  for (const name of ['properties', 'targetTypes'] as const) {
    if (written[name] !== undefined && !isAdded(before(name), written[name])) {
      throw invalidValue('SchemaExtension', name, 'Values may be added, and none taken away.');
    }
  }
}

function isAdded(before: Value | undefined, value: Value): boolean {
  const held = new Set((value as Value[]).map((each) => JSON.stringify(each)));
  return ((before ?? []) as Value[]).every((each) => held.has(JSON.stringify(each)));
}
