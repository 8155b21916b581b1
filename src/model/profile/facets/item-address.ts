import { beta } from '../../beta.ts';
import { complexType, entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A postal address. */
export const itemAddress: readonly TypeDeclaration[] = [
  entityType('itemAddress', {
    ...beta,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      detail: one('physicalAddress'),
      geoCoordinates: one('geoCoordinates'),
    },
  }),
  complexType('geoCoordinates', {
    ...beta,
    properties: {
      altitude: one('Edm.Double'),
      latitude: one('Edm.Double'),
      longitude: one('Edm.Double'),
    },
  }),
];
