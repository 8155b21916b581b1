import { complexType, entityType, many, one, type TypeDeclaration } from '../schema.ts';

const stable = { nullable: false };

/** What an application adds to people and groups: data of its own, and properties that it declares. */
export const extensions: readonly TypeDeclaration[] = [
  entityType('extension', {
    base: 'entity',
    abstract: true,
    keyPrefix: 'microsoft.graph.openTypeExtension.',
  }),
  entityType('openTypeExtension', {
    base: 'extension',
    open: true,
    properties: {
      extensionName: one('Edm.String'),
    },
  }),
  entityType('extensionProperty', {
    base: 'directoryObject',
    properties: {
      appDisplayName: one('Edm.String', { computed: true }),
      dataType: one('Edm.String', {
        nullable: false,
        allowed: ['Binary', 'Boolean', 'DateTime', 'Integer', 'LargeInteger', 'String'],
      }),
      isMultiValued: one('Edm.Boolean', { nullable: false, initial: false }),
      isSyncedFromOnPremises: one('Edm.Boolean', { computed: true }),
      name: one('Edm.String', { nullable: false }),
      targetObjects: many('Edm.String'),
    },
  }),
  entityType('schemaExtension', {
    base: 'entity',
    properties: {
      description: one('Edm.String', { index: 'ordered' }),
      owner: one('Edm.String', { index: 'ordered', ...stable }),
      properties: many('extensionSchemaProperty', stable),
      status: one('Edm.String', {
        index: 'ordered',
        allowed: ['InDevelopment', 'Available', 'Deprecated'],
        ...stable,
      }),
      targetTypes: many('Edm.String', stable),
    },
  }),
  complexType('extensionSchemaProperty', {
    properties: {
      name: one('Edm.String'),
      type: one('Edm.String', { allowed: ['Binary', 'Boolean', 'DateTime', 'Integer', 'String'] }),
    },
  }),
];

/**
 * Names of members that applications add to directory objects: directory extensions, and schema
 * extensions by the id of their definition.
 */
export const extensionNames = /^(extension_[\da-f]{32}|ext[a-z\d]{8}|[a-z\d]{1,63})_\w+$/i;
