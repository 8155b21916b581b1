import fc from 'fast-check';
import type { Value } from '#plan/document.ts';
import type { Expression, FunctionName } from '#plan/expression.ts';
import { pools } from './query-data.ts';
import {
  type Arb,
  calculation,
  comparison,
  decimals,
  durations,
  integers,
  rounded,
  texts,
} from './query-operands.ts';
import { type Kind, kinds, shapes, typeNames } from './query-variables.ts';
import { call, compare, literal, nothing, path, typeNamed } from './query-words.ts';

interface Variable {
  readonly name: string;
  readonly shape: string;
}

/** Conditions over items, nested to the depth. */
export function conditions(depth: number): Arb {
  return new Generator().of([{ name: '$it', shape: 'item' }], 'boolean', depth);
}

/** Values of any kind over items, nested to the depth. */
export function values(depth: number): Arb {
  const generator = new Generator();
  const scope = [{ name: '$it', shape: 'item' }];
  return fc.oneof(...kinds.map((kind) => generator.of(scope, kind as Kind, depth)));
}

class Generator {
  private readonly made = new Map<string, Arb>();

  of(scope: readonly Variable[], kind: Kind, depth: number): Arb {
    const key = `${scope.map(({ name, shape }) => name + shape)} ${kind} ${depth}`;
    let arbitrary = this.made.get(key);
    if (!arbitrary) {
      arbitrary = depth === 0 ? this.leaf(scope, kind) : this.branch(scope, kind, depth);
      this.made.set(key, arbitrary);
    }
    return arbitrary;
  }

  private leaf(scope: readonly Variable[], kind: Kind): Arb {
    const pool: readonly Value[] = kind === 'boolean' ? [true, false] : pools[kind];
    const literals = fc.constantFrom(...pool).map((value) => literal(typeNames[kind], value));
    const paths = scope.flatMap(({ name, shape }) =>
      (shapes[shape]!.paths[kind] ?? []).map((each) => path(each, name, shapes[shape]!.start)),
    );
    if (paths.length === 0) return literals;
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...paths) },
      { weight: 1, arbitrary: literals },
    );
  }

  private branch(scope: readonly Variable[], kind: Kind, depth: number): Arb {
    const below = (wanted: Kind) => this.of(scope, wanted, depth - 1);
    const more = this.deeper(scope, kind, depth);
    const choice = fc
      .tuple(fc.array(fc.tuple(below('boolean'), below(kind)), { minLength: 1, maxLength: 3 }))
      .map(
        ([branches]): Expression => ({
          kind: 'case',
          result: { type: typeNamed(typeNames[kind]) as never, collection: false },
          branches: branches.map(([condition, value]) => ({ condition, value })),
        }),
      );
    return fc.oneof(
      { weight: 2, arbitrary: this.leaf(scope, kind) },
      ...more.map((arbitrary) => ({ weight: 2, arbitrary })),
      { weight: 1, arbitrary: choice },
    );
  }

  private deeper(scope: readonly Variable[], kind: Kind, depth: number): Arb[] {
    const below = (wanted: Kind) => this.of(scope, wanted, depth - 1);
    switch (kind) {
      case 'boolean':
        return this.conditions(scope, depth);
      case 'text':
        return texts(below);
      case 'int':
        return [...integers(below), this.counts(scope, depth)];
      case 'decimal':
        return decimals(below);
      case 'double':
        return [
          calculation(below, ['double', 'double']),
          calculation(below, ['double', 'int']),
          rounded(below('double')),
        ];
      case 'instant':
        return [
          calculation(below, ['instant', 'duration'], ['add', 'sub']),
          fc.constantFrom(call('now'), call('mindatetime'), call('maxdatetime')),
        ];
      case 'date':
        return [
          below('instant').map((each) => call('date', each)),
          calculation(below, ['date', 'duration'], ['add', 'sub']),
        ];
      case 'time':
        return [below('instant').map((each) => call('time', each))];
      case 'duration':
        return durations(below);
      default:
        return [];
    }
  }

  private conditions(scope: readonly Variable[], depth: number): Arb[] {
    const below = (wanted: Kind) => this.of(scope, wanted, depth - 1);
    const both = fc.array(below('boolean'), { minLength: 2, maxLength: 3 });
    const junction = fc.tuple(fc.constantFrom('and' as const, 'or' as const), both);
    const functions = fc.constantFrom<FunctionName>('contains', 'startswith', 'endswith');
    const patterns = fc.constantFrom(
      ...[
        '^a',
        'z$',
        '^.*[0-9]+$',
        '(a|b)+',
        's{1,2}',
        '\\s',
        '[^a-zA-Z]',
        '^$',
        '\\u{1f600}|x.',
        'r?a',
      ],
    );
    const quantified = this.quantifiers(scope, depth);
    return [
      below('boolean').map((operand): Expression => ({ kind: 'not', operand })),
      junction.map(([kind, operands]): Expression => ({ kind, operands })),
      ...kinds.map((kind) => comparison(below(kind as Kind), below(kind as Kind), kind)),
      comparison(below('int'), below('decimal'), 'int'),
      comparison(below('double'), below('decimal'), 'double'),
      comparison(below('date'), below('instant'), 'date'),
      fc
        .tuple(functions, below('text'), below('text'))
        .map(([name, one, other]) => call(name, one, other)),
      fc
        .tuple(below('text'), patterns, fc.constantFrom('', 'i'))
        .map(([one, pattern, flags]) =>
          call('matchespattern', one, literal('Edm.String', pattern), literal('Edm.String', flags)),
        ),
      fc
        .tuple(below('access'), this.leaf([], 'access'))
        .map(([operand, flags]): Expression => ({ kind: 'has', operand, flags })),
      ...(['text', 'int', 'decimal', 'colour', 'instant'] as const).map((kind) =>
        this.lists(scope, kind, depth),
      ),
      this.typeTests(scope),
      ...(quantified ? [quantified, quantified] : []),
    ];
  }

  private lists(scope: readonly Variable[], kind: Kind, depth: number): Arb {
    const members = fc.array(
      fc.oneof(
        { weight: 5, arbitrary: this.leaf([], kind) },
        { weight: 1, arbitrary: fc.constant(nothing) },
      ),
      { minLength: 1, maxLength: 5 },
    );
    const constants = fc
      .tuple(this.of(scope, kind, depth - 1), members)
      .map(([operand, list]): Expression => ({ kind: 'in', operand, list }));
    const it = scope[0]!;
    const collections = Object.entries(shapes[it.shape]!.collections).filter(
      ([, of]) => of === kind,
    );
    if (collections.length === 0) return constants;
    const paths = fc.constantFrom(
      ...collections.map(([each]) => path(each, it.name, shapes[it.shape]!.start)),
    );
    const members2 = fc
      .tuple(this.of(scope, kind, depth - 1), paths)
      .map(([operand, list]): Expression => ({ kind: 'in', operand, list: [list] }));
    const [sets, some] = [
      paths,
      fc.array(fc.constantFrom<Value>(...(pools[kind as 'text'] as readonly string[])), {
        maxLength: 2,
      }),
    ];
    const subsets = fc
      .tuple(fc.constantFrom<FunctionName>('hassubset', 'hassubsequence'), sets, some)
      .map(([name, all, list]) => call(name, all, literal(typeNames[kind], list)));
    return fc.oneof(constants, members2, subsets);
  }

  private quantifiers(scope: readonly Variable[], depth: number): Arb | undefined {
    const choices = this.collectionsOf(scope);
    if (choices.length === 0) return undefined;
    const variable = `x${scope.length}`;
    const each = choices.map(({ collection, shape }) => {
      const predicates = this.of([...scope, { name: variable, shape }], 'boolean', depth - 1);
      return fc
        .tuple(fc.constantFrom('any' as const, 'all' as const), predicates)
        .map(([kind, predicate]): Expression => ({ kind, collection, variable, predicate }));
    });
    const plain = fc.constantFrom(...choices).map(
      ({ collection }): Expression => ({
        kind: 'any',
        collection,
        variable,
        predicate: undefined,
      }),
    );
    return fc.oneof(...each, plain);
  }

  private counts(scope: readonly Variable[], depth: number): Arb {
    const result = { type: typeNamed('Edm.Int32') as never, collection: false };
    const choices = this.collectionsOf(scope);
    if (choices.length === 0) return this.leaf(scope, 'int');
    const variable = `c${scope.length}`;
    const each = choices.map(({ collection, shape }) => {
      const filters = this.of([...scope, { name: variable, shape }], 'boolean', depth - 1);
      return fc.option(filters, { nil: undefined }).map(
        (filter): Expression => ({
          kind: 'count',
          result,
          collection,
          variable,
          filter,
          search: undefined,
        }),
      );
    });
    return fc.oneof(...each);
  }

  private collectionsOf(scope: readonly Variable[]) {
    if (scope.length > 2) return [];
    return scope.flatMap(({ name, shape }) =>
      Object.entries(shapes[shape]!.collections).map(([each, of]) => ({
        collection: path(each, name, shapes[shape]!.start),
        shape: of,
      })),
    );
  }

  private typeTests(scope: readonly Variable[]): Arb {
    const { name, shape } = scope.at(-1)!;
    if (shape !== 'item' && shape !== 'place') return this.leaf(scope, 'boolean');
    const place = path(shape === 'place' ? '' : 'place', name, shapes[shape]!.start);
    const tests: Expression[] = [
      { kind: 'isof', operand: place, type: typeNamed('test.farPlace') },
      { kind: 'isof', operand: place, type: typeNamed('test.place') },
      compare(place, 'eq', nothing),
    ];
    if (shape === 'item') {
      tests.push(
        { kind: 'isof', operand: path('maker', name), type: typeNamed('test.maker') },
        { kind: 'isof', operand: path('count', name), type: typeNamed('Edm.Int32') },
        { kind: 'isof', operand: path('count', name), type: typeNamed('Edm.String') },
        compare(path('maker', name), 'ne', nothing),
        compare(path('box', name), 'eq', nothing),
        compare(path('extra/?loose', name), 'eq', nothing),
        compare(path('extra/?loose', name), 'ne', nothing),
        compare(path('extra/?loose', name), 'eq', literal('Edm.String', 'A')),
        compare(literal('Edm.Int32', 3), 'lt', path('extra/?loose', name)),
        compare(path('extra/?loose', name), 'eq', literal('Edm.Boolean', true)),
        compare(path('extra/?loose', name), 'le', literal('Edm.Double', 2.5)),
      );
    }
    return fc.constantFrom(...tests);
  }
}
