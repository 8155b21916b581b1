import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsdlError } from './csdl-error.ts';
import { readCsdl } from './read-csdl.ts';

const EDMX = 'xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"';
const EDM = 'xmlns="http://docs.oasis-open.org/odata/ns/edm"';

const container =
  '<EntityContainer Name="C"><EntitySet Name="Things" EntityType="x.Thing"/></EntityContainer>';

function documentOf(schema: string, version = '4.01'): string {
  return [
    `<edmx:Edmx ${EDMX} Version="${version}"><edmx:DataServices>`,
    `<Schema ${EDM} Namespace="example" Alias="x">`,
    schema,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}

/** A document with one type, whose members stand in line 4. */
function thingOf(members: string): string {
  const key =
    '<Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Int32" Nullable="false"/>';
  return documentOf(`<EntityType Name="Thing">${key}\n${members}\n</EntityType>\n${container}`);
}

const refused: readonly [title: string, xml: string, line: number, reason: RegExp][] = [
  ['what is not XML', 'hello', 1, /not well-formed/],
  ['an empty text', '', 1, /no edmx:Edmx/],
  ['elements that do not close', thingOf('<Property'), 5, /not well-formed/],
  ['another document', '<html/>', 1, /<html> has the namespace ''/],
  [
    'OData 3.0',
    '<Edmx xmlns="http://schemas.microsoft.com/ado/2007/06/edmx"/>',
    1,
    /3\.0 or older/,
  ],
  ['another version', documentOf(container, '5.0'), 1, /Version '5\.0' is not read/],
  [
    'a document type',
    `<!DOCTYPE a [<!ENTITY b "c">]>${thingOf('')}`,
    1,
    /document type declaration/,
  ],
  [
    'an entity that is not XML’s own',
    thingOf('<Property Name="&lol;" Type="x"/>'),
    4,
    /not well-formed/,
  ],
  [
    'an unknown element',
    thingOf('<Propery Name="a"/>'),
    4,
    /<Propery> is not allowed in <EntityType>/,
  ],
  [
    'an unknown attribute',
    thingOf('<Property Name="a" Typ="b"/>'),
    4,
    /<Property> has no attribute 'Typ'/,
  ],
  [
    'a missing attribute',
    thingOf('\n<Property Name="a"/>'),
    5,
    /<Property> lacks the attribute 'Type'/,
  ],
  [
    'an unknown type',
    thingOf('<Property Name="a" Type="x.B"/>'),
    4,
    /Type="x\.B" of <Property> 'a'/,
  ],
  [
    'an entity as a property',
    thingOf('<Property Name="a" Type="x.Thing"/>'),
    4,
    /'a' is an entity/,
  ],
  [
    'a navigation to a value',
    thingOf('<NavigationProperty Name="a" Type="Edm.Int32"/>'),
    4,
    /'a' does not lead to an entity/,
  ],
  ['a bad alias', documentOf(container).replace('"x"', '"x y"'), 2, /'x y' is no alias/],
  ['a bad name', thingOf('<Property Name="a b" Type="Edm.String"/>'), 4, /'a b'/],
  ['a name twice', thingOf('<Property Name="Id" Type="Edm.String"/>'), 3, /'Id' is declared twice/],
  [
    'a bad flag',
    thingOf('<Property Name="a" Type="Edm.String" Nullable="no"/>'),
    4,
    /Nullable="no"/,
  ],
  [
    'a bad facet',
    thingOf('<Property Name="a" Type="Edm.String" MaxLength="-1"/>'),
    4,
    /MaxLength="-1"/,
  ],
  [
    'a base of another kind',
    documentOf(`<ComplexType Name="Thing"/><EntityType Name="B" BaseType="x.Thing"/>`),
    3,
    /must name an EntityType/,
  ],
  ['no container', documentOf('<EntityType Name="Thing"/>'), 1, /no EntityContainer/],
  [
    'a set of a complex type',
    documentOf(`<ComplexType Name="Thing"/>\n${container}`),
    4,
    /EntityType of <EntitySet>/,
  ],
  ['a function without a result', documentOf(`<Function Name="f"/>`), 3, /returns nothing/],
  [
    'a bound action without a parameter',
    documentOf(`<Action Name="f" IsBound="true"/>`),
    3,
    /no parameter/,
  ],
  [
    'an annotation twice',
    thingOf('<Annotation Term="x.T"/><Annotation Term="x.T"/>'),
    4,
    /there twice/,
  ],
  ['a bad constant', thingOf('<Annotation Term="x.T" Int="one"/>'), 4, /'one' is no integer/],
  ['two expressions', thingOf('<Annotation Term="x.T" Int="1" Bool="true"/>'), 4, /more than one/],
  [
    'elements too deep',
    thingOf(`<Annotation Term="x.T">${'<Collection>'.repeat(200)}`),
    4,
    /more than 100 deep|not allowed/,
  ],
];

for (const [title, xml, line, reason] of refused) {
  test(`${title} is refused, naming the line`, () => {
    assert.throws(
      () => readCsdl(xml),
      (error) => {
        assert.ok(error instanceof CsdlError, String(error));
        assert.match(error.message, reason);
        assert.equal(error.line, line, error.message);
        return true;
      },
    );
  });
}

test('an entity bomb is refused before anything is expanded', () => {
  const entities = `<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">`;
  const bomb = `<!DOCTYPE x [${entities}]>`;
  assert.throws(() => readCsdl(`${bomb}<edmx:Edmx ${EDMX}>&b;</edmx:Edmx>`), /is refused/);
});

test('what other namespaces say is left out', () => {
  const foreign = '<s:extra xmlns:s="urn:s"><s:more a="1">text</s:more></s:extra>';
  const { declarations } = readCsdl(
    thingOf(`${foreign}<Property Name="a" Type="Edm.Date" s:b="1" xmlns:s="urn:s"/>`),
  );
  const [thing] = declarations;
  assert.deepEqual(thing?.kind === 'entity' && Object.keys(thing.properties), ['Id', 'a']);
});

test('a scale is one of decimals alone', () => {
  const facets = (type: string) => {
    const { declarations } = readCsdl(thingOf(`<Property Name="a" Type="${type}" Scale="2"/>`));
    const [thing] = declarations;
    return thing?.kind === 'entity' ? thing.properties.a : undefined;
  };
  assert.equal(facets('Edm.Decimal')?.scale, 2);
  assert.equal(facets('Edm.Double')?.scale, undefined);
});

test('a navigation and its partner are two ends of one relation', () => {
  const { declarations } = readCsdl(
    thingOf(`
      <NavigationProperty Name="Parent" Type="x.Thing" Partner="Children"/>
      <NavigationProperty Name="Children" Type="Collection(x.Thing)" Partner="Parent"/>
      <NavigationProperty Name="Alone" Type="Collection(x.Thing)"/>
      <NavigationProperty Name="Parts" Type="Collection(x.Thing)" ContainsTarget="true"
        Partner="Whole"/>
      <NavigationProperty Name="Whole" Type="x.Thing"/>`),
  );
  const [thing] = declarations;
  assert.ok(thing?.kind === 'entity');
  const ends = Object.entries(thing.navigation).map(([name, { relation, inverse, storedAs }]) => [
    name,
    relation,
    inverse,
    storedAs,
  ]);
  assert.deepEqual(ends, [
    ['Parent', 'example.Thing/Parent', undefined, undefined],
    ['Children', 'example.Thing/Parent', true, undefined],
    ['Alone', 'example.Thing/Alone', undefined, undefined],
    ['Parts', undefined, undefined, undefined],
    ['Whole', undefined, undefined, '..'],
  ]);
});
