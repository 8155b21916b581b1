import { entityType, many, one, type TypeDeclaration } from '../schema.ts';

/** What all items of a mailbox have in common. */
export const outlookItem: readonly TypeDeclaration[] = [
  entityType('outlookItem', {
    base: 'entity',
    abstract: true,
    properties: {
      categories: many('Edm.String'),
      changeKey: one('Edm.String', { computed: true }),
      createdDateTime: one('Edm.DateTimeOffset', { computed: true }),
      lastModifiedDateTime: one('Edm.DateTimeOffset', { computed: true }),
    },
  }),
  entityType('message', {
    base: 'outlookItem',
    properties: {
      bodyPreview: one('Edm.String'),
      receivedDateTime: one('Edm.DateTimeOffset'),
      subject: one('Edm.String'),
    },
  }),
];
