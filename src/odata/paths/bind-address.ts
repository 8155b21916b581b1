import {
  findType,
  isKindOf,
  type Model,
  mayHave,
  type Navigation,
  type Resource,
  type StructuredType,
} from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import { formatKeyText } from '#plan/key-text.ts';
import type { Addressed, KeyValue } from '#plan/target.ts';
import { bindFilter } from '../binding/bind-filter.ts';
import { openScope } from '../binding/binder.ts';
import { ExpressionBinder } from '../binding/expression-binder.ts';
import { bindKeyValues } from '../binding/paths/bind-key.ts';
import { findNamedType } from '../binding/paths/find-named-type.ts';
import type { ArgumentSyntax } from '../language/expressions/syntax.ts';
import type {
  FilterSegment,
  NameSegment,
  ResourcePathSyntax,
  SegmentSyntax,
} from '../language/paths/syntax.ts';
import { bindBoundCall, bindImport } from './bind-call.ts';
import { bindKeySegment } from './bind-key-segment.ts';
import { bindSystemSegment } from './bind-system-segment.ts';
import { bindValueSegment, dynamicProperty } from './bind-value-segment.ts';
import { aliasesOf, type PathOptions } from './path-options.ts';
import { PathSoFar } from './path-so-far.ts';
import { segmentNotServed, unknownSegment } from './refuse-segment.ts';
import { startAtService } from './start-at-service.ts';

const OPTION = 'the path';
const SIZE = /^\d{1,5}x\d{1,5}$/i;

/** Binds the segments of one path, each behind the other. */
export class AddressBinder {
  private readonly model: Model;
  private readonly request: PathOptions;
  private readonly path: PathSoFar;
  /** Values of a key of several parts, each in a segment of its own, that is not yet whole. */
  private pending: KeyValue[] = [];
  private isLast = false;

  constructor(model: Model, request: PathOptions) {
    this.model = model;
    this.request = request;
    this.path = new PathSoFar(model);
  }

  bind([first, ...rest]: ResourcePathSyntax): Addressed {
    this.isLast = rest.length === 0;
    if (first?.kind === 'name') this.start(first);
    else startAtService(this.path, first);
    for (const [index, segment] of rest.entries()) {
      this.isLast = index === rest.length - 1;
      this.step(segment);
    }
    if (this.pending.length > 0) throw unknownSegment(this.model, String(this.pending[0]!.value));
    return this.path.address();
  }

  private start(segment: NameSegment): void {
    const { path, model } = this;
    const resource = findNamed(model, model.resources, segment.name);
    if (resource && resource.reachedBy === resource.name) {
      path.startAt(resource);
      this.keyBehind(segment.parentheses, segment);
      if (segment.key) this.keyBehind(segment.key, segment);
      return;
    }
    const imported = model.imports.get(segment.name);
    if (!imported) throw unknownSegment(model, segment.name);
    bindImport(path, imported, this.callOf(segment));
    if (segment.key) this.keyBehind(segment.key, segment);
  }

  private step(segment: SegmentSyntax): void {
    const { path } = this;
    if (path.ending?.kind === 'each' && segment.kind === 'name') {
      this.callEach(segment);
      return;
    }
    if (path.ending || !mayFollow(path, segment)) throw unknownSegment(this.model, segment.text);
    if (this.pending.length > 0) this.keySegment(segment.text);
    else if (segment.kind === 'system') bindSystemSegment(path, segment);
    else if (segment.kind === 'filter') this.filter(segment);
    else if (segment.kind === 'crossjoin') throw segmentNotServed(segment.text);
    else if (segment.kind === 'name' && this.callBound(segment)) return;
    else if (path.value) {
      const navigation = bindValueSegment(path, segment);
      if (navigation && segment.kind === 'name') this.follow(navigation, segment);
    } else if (!path.type) throw unknownSegment(this.model, segment.text);
    else if (segment.kind === 'name') this.name(segment);
    else if (path.collection) this.keySegment(segment.text);
    else if (!this.size(segment)) throw unknownSegment(this.model, segment.text);
  }

  /** A name behind entities: a type, a key, a relation or a property. */
  private name(segment: NameSegment): void {
    const { path, model } = this;
    if (this.cast(segment)) return;
    // Behind a collection every name is a key, unless it is in a namespace or leads elsewhere.
    if (path.collection) {
      const elsewhere = this.reachedBehind(segment);
      if (elsewhere) {
        path.continueAt(elsewhere);
        return;
      }
      this.keySegment(segment.text);
      return;
    }
    const { name } = segment;
    const type = path.type!;
    const navigation = findNavigation(model, type, name);
    if (navigation) {
      this.follow(navigation, segment);
      return;
    }
    const property = findNamed(model, type.properties, name) ?? this.dynamic(name);
    if (!property && this.size(segment)) return;
    if (!property || segment.parentheses) {
      const isType = name.includes('.') && findType(model, name);
      throw isType ? segmentNotServed(segment.text) : unknownSegment(model, name);
    }
    path.enterProperty(property);
  }

  /** What stands behind the name of a set and is none of its entities. */
  private reachedBehind({ name, parentheses }: NameSegment): Resource | undefined {
    const { resource, steps } = this.path;
    if (!resource || steps.length > 0 || parentheses) return undefined;
    const way = `${resource.name}/${name}`.toLowerCase();
    const all = [...this.model.resources.values()];
    return all.find(({ reachedBy }) => reachedBy.toLowerCase() === way);
  }

  /** One size of a photo, behind the photo itself, as Graph's pages write it: `photo/48x48`. */
  private size({ text }: SegmentSyntax): boolean {
    const { path, model } = this;
    const last = path.steps.at(-1);
    const isPhoto = !model.isForeign && path.type?.name === 'microsoft.graph.profilePhoto';
    if (!isPhoto || last?.kind !== 'navigation' || !SIZE.test(text)) return false;
    path.steps.push({ kind: 'key', property: undefined, value: text });
    path.template += '/{id}';
    return true;
  }

  /** An undeclared member of an open type, of which nothing is known. */
  private dynamic(name: string) {
    return mayHave(this.path.type!, name) ? dynamicProperty(name) : undefined;
  }

  private cast(segment: NameSegment): boolean {
    const { path, model } = this;
    const type = path.type!;
    const isPlain = !segment.name.includes('.');
    if (isPlain && (path.collection || type.navigation.has(segment.name))) return false;
    if (isPlain && type.properties.has(segment.name)) return false;
    const cast = findNamedType(model, segment.name);
    if (cast?.kind !== 'entity') return false;
    if (!isKindOf(cast, type) && !isKindOf(type, cast)) return false;
    // A type that the entities are of anyway says nothing.
    if (!isKindOf(type, cast)) {
      path.steps.push({ kind: 'cast', type: cast });
      path.template += `/${cast.name}`;
    }
    path.type = cast;
    this.keyBehind(segment.parentheses, segment);
    return true;
  }

  private follow(navigation: Navigation, segment: NameSegment): void {
    const { path, model } = this;
    const { storedAs } = navigation;
    path.implied = impliedBy(navigation, path.keys);
    path.keys = new Map();
    const whole = storedAs.startsWith('/') ? model.resources.get(storedAs.slice(1)) : undefined;
    if (whole) path.continueAt(whole);
    else path.enter(navigation);
    this.keyBehind(segment.parentheses, segment);
    if (segment.key) throw segmentNotServed(segment.text);
  }

  /** `$filter(...)`, and a key behind it (OData URL Conventions 4.01, section 4.12). */
  private filter(segment: FilterSegment): void {
    const { path, model } = this;
    if (path.value) throw segmentNotServed(segment.text);
    if (!path.collection) throw unknownSegment(model, segment.text);
    const predicate = bindFilter({
      model,
      aliases: aliasesOf(this.request),
      type: path.type!,
      syntax: segment.predicate,
      option: OPTION,
    });
    const written = segment.text.includes('@') ? {} : { written: segment.text };
    path.steps.push({ kind: 'filter', predicate, ...written });
    this.keyBehind(segment.key, segment);
  }

  /** Takes a key in parentheses. */
  private keyBehind(
    parentheses: readonly ArgumentSyntax[] | undefined,
    { text, at }: SegmentSyntax,
  ): void {
    if (parentheses === undefined) return;
    const { path, model } = this;
    const { type, implied } = path;
    if (!path.collection || !type) throw unknownSegment(model, text);
    const needsAliases = parentheses.some(({ value }) => value.kind === 'path');
    const aliases = needsAliases ? aliasesOf(this.request) : new Map();
    const binder = new ExpressionBinder({ model, aliases });
    const scope = openScope({ option: OPTION, type: undefined });
    const { isAlternate, values } = bindKeyValues(
      binder,
      { type, parentheses, at, implied, refuseText: () => unknownSegment(model, text) },
      scope,
    );
    this.key(values, isAlternate);
  }

  /** Takes one part of a key that is a segment. */
  private keySegment(text: string): void {
    const { path, model, pending } = this;
    const type = path.type!;
    const open = type.keyParts.filter(({ name }) => !path.implied.has(name));
    const part = open[pending.length];
    const value = part && bindKeySegment(type, part, text);
    if (!part || value === undefined) throw unknownSegment(model, text);
    pending.push({ name: part.name, path: part.path, value });
    if (pending.length < open.length) return;
    const values = type.keyParts.map(
      ({ name, path: way }) =>
        pending.find((each) => each.name === name) ?? {
          ...{ name, path: way },
          value: path.implied.get(name)!,
        },
    );
    this.pending = [];
    this.key(values, false);
  }

  private key(values: readonly KeyValue[], isAlternate: boolean): void {
    const { path } = this;
    const property = isAlternate && values.length === 1 ? values[0]!.name : undefined;
    const written = formatKeyText(values.map((each) => each.value)) ?? '';
    const value = isAlternate ? written : withoutPrefix(path.type, written);
    const alternate = isAlternate ? { alternate: values } : {};
    const predicates = takePredicates(path);
    const filtered = predicates.length > 0 ? { filtered: { values, predicates } } : {};
    path.steps.push({ kind: 'key', property, value, ...alternate, ...filtered });
    path.keys = new Map(values.map((each) => [each.path.join('/'), each.value]));
    path.collection = false;
    path.template += '/{id}';
  }

  private callOf(segment: NameSegment) {
    return { segment, options: this.request.options(), isLast: this.isLast };
  }

  /** An action that is bound to each member (OData Protocol 4.01, section 11.5.5). */
  private callEach(segment: NameSegment): void {
    const { path, model } = this;
    path.collection = false;
    const isCalled = bindBoundCall(path, () => this.callOf(segment), segment.name);
    if (!isCalled || path.call?.operation.kind !== 'action') {
      throw unknownSegment(model, segment.text);
    }
    path.ending = undefined;
  }

  /** Calls the operation of that name, if one is bound to what the path has come to. */
  private callBound(segment: NameSegment): boolean {
    if (this.model.operations.size === 0) return false;
    const isCalled = bindBoundCall(this.path, () => this.callOf(segment), segment.name);
    if (isCalled && segment.key) this.keyBehind(segment.key, segment);
    return isCalled;
  }
}

/** The key alone, where its type lets it be written behind a prefix. */
function withoutPrefix(type: PathSoFar['type'], key: string): string {
  const prefix = type?.keyPrefix;
  return prefix && key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

/** What has a name; in Graph's URLs names are written in any case. */
function findNamed<Named>(
  { isForeign }: Model,
  all: ReadonlyMap<string, Named>,
  name: string,
): Named | undefined {
  const exact = all.get(name);
  if (exact || isForeign) return exact;
  const folded = name.toLowerCase();
  for (const [each, named] of all) if (each.toLowerCase() === folded) return named;
  return undefined;
}

/** The navigation of that name, or of that other name. */
function findNavigation(model: Model, type: StructuredType, name: string): Navigation | undefined {
  const named = findNamed(model, type.navigation, name);
  if (named || model.isForeign) return named;
  const folded = name.toLowerCase();
  return [...type.navigation.values()].find(({ alias }) => alias === folded);
}

/** Takes the filters of the collection that the path has come to: the key's entity meets them. */
function takePredicates(path: PathSoFar): readonly Expression[] {
  const start = path.steps.findLastIndex(({ kind }) => kind === 'key' || kind === 'navigation') + 1;
  const predicates: Expression[] = [];
  path.steps = path.steps.filter((step, index) => {
    if (index < start || step.kind !== 'filter') return true;
    predicates.push(step.predicate);
    return false;
  });
  return predicates;
}

/** Whether anything may stand behind what the path has come to: an action has the last word. */
function mayFollow({ call, steps, properties }: PathSoFar, { kind }: SegmentSyntax): boolean {
  if (!call || call.operation.composable || steps.length + properties.length > 0) return true;
  return call.operation.kind === 'function' && kind === 'system';
}

/**
 * What the key of a related entity has in common with the entity's (OData URL Conventions 4.01,
 * section 4.3.2): the constraints of the navigation and of its partner.
 */
function impliedBy(
  { target, partner, constraints }: Navigation,
  keys: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const implied = new Map<string, Value>();
  if (keys.size === 0) return implied;
  const back = partner === undefined ? undefined : target.navigation.get(partner);
  for (const { name, path } of target.keyParts) {
    const there = path.join('/');
    const principal = back?.constraints.get(there);
    const here = [...constraints].find(([, theirs]) => theirs === there)?.[0];
    const value = keys.get(principal ?? here ?? '');
    if (value !== undefined) implied.set(name, value);
  }
  return implied.size < target.keyParts.length ? implied : new Map();
}
