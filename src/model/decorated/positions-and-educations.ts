import { complexType, one, type TypeDeclaration } from '../schema.ts';

/** What every type that names a company or a school begins with. */
export const organization = {
  name: one('Edm.String', { nullable: false }),
  logo: one('Edm.String'),
  url: one('Edm.String'),
  location: one('Edm.String'),
} as const;

/** Companies and schools, and what a member did there. */
export const positionsAndEducations: readonly TypeDeclaration[] = [
  complexType('LinkedInOrganization', { properties: organization }),
  complexType('Position', {
    properties: {
      ...organization,
      title: one('Edm.String'),
      startEndDate: one('DateRange'),
      description: one('Edm.String'),
    },
  }),
  complexType('Education', {
    properties: {
      ...organization,
      degreeName: one('Edm.String'),
      startEndDate: one('DateRange'),
      fieldOfStudy: one('Edm.String'),
      description: one('Edm.String'),
    },
  }),
];
