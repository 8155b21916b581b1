import type { EntityType, PropertyType, StructuredType } from '#model/model.ts';
import type { Address } from '#plan/store.ts';
import type { SetLayout } from '../layout.ts';
import { type Fragment, raw } from './fragment.ts';
import type { JsonPlace, QueryWords } from './query-words.ts';

/** What a variable of an expression stands for in SQL. */
export type Binding = RowBinding | ElementBinding;

/** A row: a root entity of a set, or what one contains. */
export class RowBinding {
  readonly kind = 'row';
  readonly alias: string;
  readonly type: EntityType;
  /** The set whose table the row is in; undefined for a contained entity. */
  readonly layout: SetLayout | undefined;
  /** The containment path, and how many keys lead along it. */
  readonly path: string;
  readonly keys: number;
  /** SQL that puts the keys of the entity above before one of this row. */
  readonly keyPrefix: string;
  private readonly words: QueryWords;
  private isRead = false;

  constructor(
    words: QueryWords,
    row: {
      readonly alias: string;
      readonly type: EntityType;
      readonly layout?: SetLayout | undefined;
      readonly path?: string;
      readonly keys?: number;
      readonly keyPrefix?: string;
    },
  ) {
    this.words = words;
    this.alias = row.alias;
    this.type = row.type;
    this.layout = row.layout;
    this.path = row.path ?? '';
    this.keys = row.keys ?? 0;
    this.keyPrefix = row.keyPrefix ?? '';
  }

  /** The surrogate of the root entity to which the row belongs. */
  get owner(): string {
    return `${this.alias}.${this.layout ? 'num' : 'owner'}`;
  }

  /** The JSON of the document; the row's FROM then brings it along. */
  get place(): JsonPlace {
    this.isRead = true;
    return { kind: 'json', json: this.words.document(this.alias) };
  }

  /** The row as an item of FROM, to be asked for when all else of the query is compiled. */
  get table(): string {
    const table = this.layout?.table ?? 'kith_part';
    return `${table} ${this.alias}${this.isRead ? this.words.documentJoin(this.alias) : ''}`;
  }
}

/** The row in which a collection lies, and the members that lead to it there. */
export interface ElementOrigin {
  readonly row: RowBinding;
  readonly within: readonly string[];
}

/** One member of a collection that lies inside a document. */
export class ElementBinding {
  readonly kind = 'element';
  readonly alias: string;
  /** Undefined of a collection inside another, and of values that are given. */
  readonly origin: ElementOrigin | undefined;
  /** Where a given value is kept, if its navigations are followed from there. */
  readonly kept: Address | undefined;
  readonly type: PropertyType | EntityType | undefined;
  readonly place: JsonPlace;
  private readonly from: Fragment;

  constructor(
    words: QueryWords,
    element: {
      readonly alias: string;
      readonly json: Fragment;
      readonly type: PropertyType | EntityType | undefined;
      readonly origin?: ElementOrigin | undefined;
      readonly kept?: Address | undefined;
    },
  ) {
    this.alias = element.alias;
    this.origin = element.origin;
    this.kept = element.kept;
    this.type = element.type;
    this.place = { kind: 'element', json: element.json, alias: element.alias };
    this.from = words.elements(element.json, element.alias);
  }

  get table(): Fragment {
    return this.from;
  }
}

/** The variables that an expression may name. */
export type Scope = ReadonlyMap<string, Binding>;

/** The item of FROM that gives a binding. */
export function tableOf(binding: Binding): Fragment {
  return binding.kind === 'row' ? raw(binding.table) : binding.table;
}

/** Whether a type is another or inherits from it, by name: each root has a model of its own. */
export function isNamedKind(type: StructuredType, ancestor: string): boolean {
  for (let each: StructuredType | undefined = type; each; each = each.base) {
    if (each.name === ancestor) return true;
  }
  return false;
}
