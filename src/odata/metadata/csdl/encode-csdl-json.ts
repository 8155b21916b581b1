import type { Model, OperationImport, Resource } from '#model/model.ts';
import { localName } from '#model/model.ts';
import type { SchemaDeclaration } from '#model/schema-service.ts';
import type { JsonObject } from '../json.ts';
import { CsdlNames } from './csdl-names.ts';
import { encodeJsonAnnotations } from './encode-json-annotations.ts';
import {
  encodeJsonDefinition,
  encodeJsonOperation,
  encodeJsonTerm,
  encodeJsonType,
} from './encode-json-types.ts';
import { elementsOf, listResources } from './schema-elements.ts';

/**
 * The metadata document of a root as CSDL JSON 4.01 (application/json), indented text. It says what
 * `encodeCsdlXml` says; version 4.0 has no CSDL JSON.
 */
export function encodeCsdlJson(model: Model): string {
  const names = new CsdlNames(model, 'json');
  const schemas = model.schemas.map((schema) => [
    schema.namespace,
    encodeSchema(model, schema, names),
  ]);
  const references = names.references().map(({ uri, include }) => [
    uri,
    {
      $Include: include.map(({ namespace, alias }) => ({
        $Namespace: namespace,
        ...(alias ? { $Alias: alias } : {}),
      })),
    },
  ]);
  const { namespace, name } = model.container;
  const document = {
    $Version: '4.01',
    ...(references.length > 0 ? { $Reference: Object.fromEntries(references) } : {}),
    $EntityContainer: `${namespace}.${name}`,
    ...Object.fromEntries(schemas),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function encodeSchema(model: Model, schema: SchemaDeclaration, names: CsdlNames): JsonObject {
  const { definitions, types, operations, terms, ...rest } = elementsOf(model, schema);
  const external = rest.external.map(([target, annotations]) => [
    names.shortenTarget(target),
    encodeJsonAnnotations(annotations, names),
  ]);
  const elements = [
    ...definitions.map((each) => [localName(each.name), encodeJsonDefinition(each, names)]),
    ...types.map((each) => [localName(each.name), encodeJsonType(each, names)]),
    ...operations.map((overloads) => [
      localName(overloads[0]!.name),
      overloads.map((each) => encodeJsonOperation(each, names)),
    ]),
    ...terms.map((each) => [each.name, encodeJsonTerm(each, names)]),
    ...(rest.hasContainer ? [[model.container.name, encodeContainer(model, names)]] : []),
  ];
  return {
    ...(schema.alias ? { $Alias: schema.alias } : {}),
    ...Object.fromEntries(elements),
    ...(external.length > 0 ? { $Annotations: Object.fromEntries(external) } : {}),
    ...encodeJsonAnnotations(schema.annotations ?? {}, names),
  };
}

/** The entity container: sets, singletons and imports (OData CSDL JSON 4.01, section 13). */
function encodeContainer(model: Model, names: CsdlNames): JsonObject {
  return {
    $Kind: 'EntityContainer',
    ...Object.fromEntries(
      listResources(model).map((each) => [each.name, encodeResource(each, names)]),
    ),
    ...Object.fromEntries(
      [...model.imports.values()].map((each) => [each.name, encodeImport(each, names)]),
    ),
    ...encodeJsonAnnotations(model.container.annotations, names),
  };
}

function encodeResource(resource: Resource, names: CsdlNames): JsonObject {
  const { collection, nullable, inServiceDocument } = resource;
  const bindings = [...resource.bindings].map(([path, target]) => [
    names.shortenPath(path),
    names.shortenPath(target),
  ]);
  return {
    ...(collection ? { $Collection: true } : {}),
    $Type: names.shorten(resource.type.name),
    ...(!collection && nullable ? { $Nullable: true } : {}),
    ...(collection && !inServiceDocument ? { $IncludeInServiceDocument: false } : {}),
    ...(bindings.length > 0 ? { $NavigationPropertyBinding: Object.fromEntries(bindings) } : {}),
  };
}

function encodeImport(each: OperationImport, names: CsdlNames): JsonObject {
  const isAction = each.kind === 'action';
  return {
    [isAction ? '$Action' : '$Function']: names.shorten(each.operations[0]!.name),
    ...(each.entitySet ? { $EntitySet: names.shortenPath(each.entitySet) } : {}),
    ...(each.inServiceDocument ? { $IncludeInServiceDocument: true } : {}),
  };
}
