import { entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A birthday or another day that returns every year. */
export const personAnnualEvent: readonly TypeDeclaration[] = [
  entityType('personAnnualEvent', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      type: one('personAnnualEventType'),
      date: one('Edm.Date'),
      displayName: one('Edm.String'),
    },
  }),
  enumType(
    'personAnnualEventType',
    { birthday: 0, wedding: 1, work: 2, other: 3, unknownFutureValue: 5 },
    fastPi,
  ),
];
