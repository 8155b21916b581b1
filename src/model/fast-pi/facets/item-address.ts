import { complexType, entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A postal address. */
export const itemAddress: readonly TypeDeclaration[] = [
  entityType('itemAddress', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      detail: one('physicalAddress', { nullable: false }),
      geoCoordinates: one('geoCoordinates'),
    },
  }),
  complexType('geoCoordinates', {
    ...fastPi,
    properties: {
      altitude: one('Edm.Double'),
      latitude: one('Edm.Double'),
      longitude: one('Edm.Double'),
    },
  }),
];
