import { entityType, many, one, type TypeDeclaration } from '../schema.ts';

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
];
