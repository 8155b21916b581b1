import { beta } from '../beta.ts';
import {
  complexType,
  entityType,
  enumType,
  many,
  one,
  type TypeDeclaration,
  toOne,
} from '../schema.ts';
import { action, type OperationDeclaration } from '../schema-operations.ts';

/** Searches over everything that Graph keeps, of which Kith has people. */
export const search: readonly TypeDeclaration[] = [
  entityType('searchEntity', { base: 'entity' }),
  enumType('entityType', {
    event: 0,
    message: 1,
    driveItem: 2,
    externalItem: 3,
    site: 4,
    list: 5,
    listItem: 6,
    drive: 7,
    unknownFutureValue: 8,
    chatMessage: 9,
    person: 10,
    acronym: 11,
    bookmark: 12,
  }),
  complexType('searchRequest', {
    properties: {
      contentSources: many('Edm.String'),
      enableTopResults: one('Edm.Boolean'),
      entityTypes: many('entityType'),
      fields: many('Edm.String'),
      from: one('Edm.Int32'),
      query: one('searchQuery'),
      region: one('Edm.String'),
      size: one('Edm.Int32'),
      trimDuplicates: one('Edm.Boolean', { ...beta }),
    },
  }),
  complexType('searchQuery', {
    properties: {
      queryString: one('Edm.String'),
      queryTemplate: one('Edm.String'),
    },
  }),
  complexType('searchResponse', {
    properties: {
      hitsContainers: many('searchHitsContainer'),
      searchTerms: many('Edm.String'),
    },
  }),
  complexType('searchHitsContainer', {
    properties: {
      hits: many('searchHit'),
      moreResultsAvailable: one('Edm.Boolean'),
      total: one('Edm.Int32'),
    },
  }),
  complexType('searchHit', {
    properties: {
      contentSource: one('Edm.String'),
      hitId: one('Edm.String'),
      isCollapsed: one('Edm.Boolean'),
      rank: one('Edm.Int32'),
      resultTemplateId: one('Edm.String'),
      summary: one('Edm.String'),
    },
    navigation: {
      resource: toOne('entity', { derived: true }),
    },
  }),
];

/** What is done with `search`. */
export const searchOperations: readonly OperationDeclaration[] = [
  action('query', {
    bound: true,
    parameters: [
      { name: 'bindingParameter', type: 'searchEntity', collection: false, nullable: false },
      { name: 'requests', type: 'searchRequest', collection: true },
    ],
    returns: { type: 'searchResponse', collection: true },
  }),
];
