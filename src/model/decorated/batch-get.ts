import { complexType, many, one, type TypeDeclaration, toOne } from '../schema.ts';

/** Two maps, written as key and value: the profiles found, and why the others were not. */
export const batchGet: readonly TypeDeclaration[] = [
  complexType('DecoratedProfileBatchGetResult', {
    properties: {
      errors: many('ErrorMapElement'),
      results: many('DecoratedProfileMapElement'),
    },
  }),
  complexType('DecoratedProfileMapElement', {
    properties: {
      key: one('Edm.String'),
    },
    navigation: {
      value: toOne('DecoratedProfile'),
    },
  }),
  complexType('ErrorMapElement', {
    properties: {
      key: one('Edm.String'),
      value: one('Error'),
    },
  }),
  complexType('Error', {
    properties: {
      status: one('Edm.Int16'),
      message: one('Edm.String'),
    },
  }),
];
