import { findPropertyRows, findReadingRule } from '#model/find-property-permissions.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { PermissionLists } from '#model/permissions/permission-row.ts';
import type { ReadingRule } from '#model/permissions/reading-rules.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import { denied, grants } from './grants.ts';
import { PerCaller } from './per-caller.ts';

/** Which members of entities of one type a caller may read. */
export interface View {
  readonly isWhole: boolean;
  /** Whether everything is seen that is shown without `$select`. */
  readonly hasDefaults: boolean;
  /** Whether a member is seen, declared or not. */
  shows(name: string): boolean;
  /** The refusal of a caller who asks by what they do not see, naming what would show it. */
  refuse(name: string): Error;
}

const whole: View = {
  isWhole: true,
  hasDefaults: true,
  shows: () => true,
  refuse: (name) => new Error(`'${name}' is seen by everybody.`),
};

const own = new PerCaller<EntityType, View>();
const others = new PerCaller<EntityType, View>();

/**
 * What the caller sees of entities of a type: of their own, or of everybody's. It is worked out
 * once for each caller, and looked up from then on.
 */
export function viewOf(
  model: Pick<Model, 'isForeign' | 'types'>,
  caller: Caller,
  type: EntityType,
  isOwn: boolean,
): View {
  if (caller.isUnrestricted || model.isForeign) return whole;
  const views = isOwn ? own : others;
  const found = views.find(caller, type);
  return found ?? views.keep(caller, type, makeView(model, caller, type, isOwn));
}

/** Whether an entity in the store is the signed-in user. */
export function isCallers(caller: Caller, set: string, ownerId: string): boolean {
  return set === 'users' && caller.user !== undefined && ownerId === caller.user;
}

/** An entity's members without those that are not seen: they read as if nobody had set them. */
export function maskMembers(view: View, members: Document): Document {
  if (view.isWhole) return members;
  const seen: Document = {};
  for (const [name, value] of Object.entries(members)) {
    const [member] = name.split('@', 1);
    if (member === '' || view.shows(member!)) seen[name] = value;
  }
  return seen;
}

/** What is seen of one concrete type. */
interface Part {
  readonly type: EntityType;
  readonly shown: ReadonlySet<string>;
  /** Whether what an open type does not declare is seen. */
  readonly isOpen: boolean;
  readonly lists: (name: string) => PermissionLists;
}

function makeView(
  model: Pick<Model, 'types'>,
  caller: Caller,
  type: EntityType,
  isOwn: boolean,
): View {
  const parts = [...type.kinds].flatMap((name) => {
    const kind = model.types.get(name);
    return kind?.kind === 'entity' ? partOf(kind, caller, isOwn) : [];
  });
  const isPlain = parts.every(({ isOpen, type: { properties }, shown }) => {
    return isOpen && shown.size === properties.size;
  });
  if (isPlain) return whole;
  const hiding = (name: string) =>
    parts.find(({ type: { properties }, shown, isOpen }) => {
      return properties.has(name) ? !shown.has(name) : !isOpen && !declares(parts, name);
    });
  const defaults = type.defaultSet ?? [...type.properties.keys()];
  return {
    isWhole: false,
    hasDefaults: type.defaultSet !== undefined && defaults.every((name) => !hiding(name)),
    shows: (name) => hiding(name) === undefined,
    refuse: (name) => refuse(caller, hiding(name)!.lists(name), { name, isOwn }),
  };
}

function declares(parts: readonly Part[], name: string): boolean {
  return parts.some(({ type }) => type.properties.has(name));
}

function refuse(
  caller: Caller,
  { self, delegated, application }: PermissionLists,
  { name, isOwn }: { readonly name: string; readonly isOwn: boolean },
): Error {
  if (caller.user === undefined) return denied(application, 'application', name);
  return denied(isOwn ? self : delegated, 'delegated', name);
}

/** Nothing where everybody sees all of the type. */
function partOf(type: EntityType, caller: Caller, isOwn: boolean): Part | [] {
  const rule = findReadingRule(type.name);
  const rows = findPropertyRows(type.name);
  if (!rule) return [];
  const allows = ({ self, delegated, application }: PermissionLists) =>
    grants(caller, caller.user === undefined ? application : isOwn ? self : delegated);
  const isWhole = allows(rule.whole);
  const basic = basicOf(rule, caller);
  const shown = [...type.properties.keys()].filter((name) => {
    const row = rows.get(name);
    // Whoever may change a property sees what it has become.
    if (row && allows(row.write)) return true;
    if (row?.read) return allows(row.read);
    return isWhole || basic.has(name) || type.key.includes(name);
  });
  const lists = (name: string) => rows.get(name)?.read ?? shownBy(rule, name);
  return { type, shown: new Set(shown), isOpen: isWhole, lists };
}

function shownBy({ whole, basic, basicProperties }: ReadingRule, name: string): PermissionLists {
  if (!basicProperties.includes(name)) return whole;
  const { self, delegated, application } = whole;
  return {
    self: [...self, ...basic],
    delegated: [...basic, ...delegated],
    application: [...basic, ...application],
  };
}

function basicOf({ basic, basicProperties }: ReadingRule, caller: Caller): ReadonlySet<string> {
  return new Set(grants(caller, basic) ? basicProperties : []);
}
