import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { compileDialect, type TypeMeaning } from '#model/dialect.ts';
import { fastPiDialect } from '#model/fast-pi/graph-dialect.ts';
import type { PropertyType, StructuredType } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { FAST_PI } from '#model/schema.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { toDialect, toGraph } from './translate-value.ts';

const model = compileModel(declarations, resources, 'beta');
const dialect = compileDialect(model, fastPiDialect);
const meanings = [...new Set(dialect.types.values())];
const facets = meanings.filter(({ meant }) => meant.kinds.has(meant.name) && isFacet(meant));

function isFacet({ base }: StructuredType): boolean {
  return base?.name === 'microsoft.graph.itemFacet';
}

function anyValue(type: PropertyType, depth: number): fc.Arbitrary<Value> {
  if (type.kind === 'complex') return fc.option(anyMembers(type, depth + 1));
  if (type.kind === 'enum') return fc.constantFrom(...type.members.keys());
  switch (type.name) {
    case 'Edm.Boolean':
      return fc.boolean();
    case 'Edm.Int32':
      return fc.integer();
    case 'Edm.Double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    default:
      return fc.option(fc.string({ maxLength: 6 }));
  }
}

/** Members of a value, any of them absent; of an open type also some that it does not declare. */
function anyMembers(type: StructuredType, depth = 0): fc.Arbitrary<Document> {
  const members = [...type.properties.values()].map((property): [string, fc.Arbitrary<Value>] => {
    const value = depth > 3 ? fc.constant(null) : anyValue(property.type, depth);
    return [property.name, property.collection ? fc.array(value, { maxLength: 3 }) : value];
  });
  const declared = fc.record(Object.fromEntries(members), { requiredKeys: [] });
  const more = type.open ? fc.record({ tenantId: fc.string() }, { requiredKeys: [] }) : undefined;
  const name = `${depth === 0 ? '#' : ''}${type.name}`;
  return fc.tuple(declared, more ?? fc.constant({})).map(([own, others]) => {
    return { [TYPE]: name, ...own, ...others } as Document;
  });
}

/** Members without a value are as good as absent ones. */
function present(value: Value | undefined): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const members = Object.entries(value).filter(([, held]) => (held ?? null) !== null);
  return Object.fromEntries(members.map(([name, held]) => [name, present(held)]));
}

function check(meaning: TypeMeaning, holds: (graph: Document, own: Document) => void): void {
  const both = [anyMembers(meaning.meant), anyMembers(meaning.type)] as const;
  fc.assert(fc.property(...both, holds), { numRuns: 40 });
}

describe("Graph's dialect and Fast.PI's", () => {
  test('all nineteen facets are spoken of', () => {
    assert.equal(facets.length, 19);
  });

  for (const { type, meant, properties } of facets) {
    const { name } = type;
    test(`between them ${name.slice(FAST_PI.length + 1)} loses nothing`, () => {
      check({ type, meant, properties }, (graph, own) => {
        // What is read and written back as it was changes nothing.
        const shown = toDialect(dialect, name, graph);
        assert.deepEqual(present(toGraph(dialect, name, shown, graph)), present(graph));
        // What is written is what is read, whatever stood there before.
        for (const before of [undefined, graph]) {
          const kept = toGraph(dialect, name, own, before);
          assert.deepEqual(present(toDialect(dialect, name, kept)), present(own));
        }
      });
    });
  }

  test('types of the other dialect are not to be seen in either', () => {
    for (const meaning of facets) {
      check(meaning, (graph, own) => {
        const shown = JSON.stringify(namesOfTypes(toDialect(dialect, meaning.type.name, graph)));
        assert.doesNotMatch(shown, /microsoft\.graph/);
        const kept = JSON.stringify(namesOfTypes(toGraph(dialect, meaning.type.name, own, graph)));
        assert.doesNotMatch(kept, /Fast\.PI/);
      });
    }
  });

  test('somebody who is named again is still known by the id that only Graph has', () => {
    const colleague = (displayName: string, userId?: string) => ({
      displayName,
      ...(userId ? { userId } : {}),
    });
    const before = { colleagues: [colleague('Ann', 'a'), colleague('Bo', 'b')] } as Document;
    const written = { colleagues: [colleague('Bo'), colleague('Cy')] } as Document;
    const name = `${FAST_PI}.projectParticipation`;
    assert.deepEqual(toGraph(dialect, name, written, before), {
      colleagues: [colleague('Bo', 'b'), colleague('Cy')],
    });
  });

  test('what has no word in Fast.PI is declared, and nothing else', () => {
    const { unsaid } = fastPiDialect;
    for (const { type, meant, properties } of meanings) {
      const local = type.name.slice(FAST_PI.length + 1);
      if (local === 'user') continue;
      const said = new Set([...properties.values()].map((each) => each.name));
      const left = [...meant.properties.keys()].filter((each) => !said.has(each));
      const base = isFacet(meant) ? (unsaid.itemFacet ?? []) : [];
      assert.deepEqual(left, [...base, ...(unsaid[local] ?? [])], local);
    }
  });

  test('members that mean each other are of types that do', () => {
    for (const { type, properties } of meanings) {
      for (const [own, { type: other, collection }] of properties) {
        assert.equal(own.collection, collection, `${type.name}/${own.name}`);
        const meant = dialect.meanings.get(own.type) ?? own.type;
        assert.equal(meant, other, `${type.name}/${own.name}`);
      }
    }
  });
});

function namesOfTypes(value: Value | undefined): unknown[] {
  if (Array.isArray(value)) return value.flatMap(namesOfTypes);
  if (typeof value !== 'object' || value === null) return [];
  return [value[TYPE], ...Object.values(value).flatMap((each) => namesOfTypes(each))];
}
