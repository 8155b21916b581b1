import type { Model, OperationImport, Resource } from '#model/model.ts';
import type { ReferenceDeclaration, SchemaDeclaration } from '#model/schema-service.ts';
import { CsdlNames } from './csdl-names.ts';
import { encodeXmlAnnotations } from './encode-xml-annotations.ts';
import {
  encodeXmlDefinition,
  encodeXmlOperation,
  encodeXmlTerm,
  encodeXmlType,
} from './encode-xml-types.ts';
import { elementsOf, listResources } from './schema-elements.ts';
import { element, formatXml, type XmlElement } from './xml-text.ts';

const EDMX = 'http://docs.oasis-open.org/odata/ns/edmx';
const EDM = 'http://docs.oasis-open.org/odata/ns/edm';

/**
 * The metadata document of a root as CSDL XML 4.01 (application/xml). Clients whose
 * OData-MaxVersion is 4.0 get it under that version's number; the elements are the same.
 */
export function encodeCsdlXml(model: Model, version: '4.0' | '4.01' = '4.01'): string {
  const names = new CsdlNames(model, 'xml');
  const schemas = model.schemas.map((schema) => encodeSchema(model, schema, names));
  const attributes = { 'xmlns:edmx': EDMX, Version: version };
  return formatXml(
    element('edmx:Edmx', attributes, [
      ...names.references().map(encodeReference),
      element('edmx:DataServices', {}, schemas),
    ]),
  );
}

function encodeReference({ uri, include }: ReferenceDeclaration): XmlElement {
  const includes = include.map(({ namespace, alias }) =>
    element('edmx:Include', { Namespace: namespace, Alias: alias }),
  );
  return element('edmx:Reference', { Uri: uri }, includes);
}

function encodeSchema(model: Model, schema: SchemaDeclaration, names: CsdlNames): XmlElement {
  const elements = elementsOf(model, schema);
  const { definitions, types, operations, terms, hasContainer } = elements;
  const external = elements.external.map(([target, annotations]) =>
    element('Annotations', { Target: target }, encodeXmlAnnotations(annotations, names)),
  );
  return element('Schema', { xmlns: EDM, Namespace: schema.namespace, Alias: schema.alias }, [
    ...definitions.map((definition) => encodeXmlDefinition(definition, names)),
    ...types.map((type) => encodeXmlType(type, names)),
    ...operations.flat().map((operation) => encodeXmlOperation(operation, names)),
    ...terms.map((term) => encodeXmlTerm(term, names)),
    ...(hasContainer ? [encodeContainer(model, names)] : []),
    ...external,
    ...encodeXmlAnnotations(schema.annotations ?? {}, names),
  ]);
}

/** The entity container: sets, singletons and imports (OData CSDL XML 4.01, section 13). */
function encodeContainer(model: Model, names: CsdlNames): XmlElement {
  return element('EntityContainer', { Name: model.container.name }, [
    ...listResources(model).map((resource) => encodeResource(resource, names)),
    ...[...model.imports.values()].map((each) => encodeImport(each, names)),
    ...encodeXmlAnnotations(model.container.annotations, names),
  ]);
}

function encodeResource(resource: Resource, names: CsdlNames): XmlElement {
  const type = names.shorten(resource.type.name);
  const bindings = [...resource.bindings].map(([path, target]) =>
    element('NavigationPropertyBinding', {
      Path: names.shortenPath(path),
      Target: names.shortenPath(target),
    }),
  );
  const { name, nullable, inServiceDocument } = resource;
  if (!resource.collection) {
    return element(
      'Singleton',
      { Name: name, Type: type, Nullable: nullable || undefined },
      bindings,
    );
  }
  const IncludeInServiceDocument = inServiceDocument ? undefined : false;
  return element('EntitySet', { Name: name, EntityType: type, IncludeInServiceDocument }, bindings);
}

function encodeImport(each: OperationImport, names: CsdlNames): XmlElement {
  const operation = names.shorten(each.operations[0]!.name);
  const isAction = each.kind === 'action';
  return element(isAction ? 'ActionImport' : 'FunctionImport', {
    Name: each.name,
    [isAction ? 'Action' : 'Function']: operation,
    EntitySet: each.entitySet && names.shortenPath(each.entitySet),
    IncludeInServiceDocument: each.inServiceDocument || undefined,
  });
}
