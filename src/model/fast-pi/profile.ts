import { entityType, one, type TypeDeclaration, toMany } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** The profile of the Fast.PI dialect. */
export const profile: readonly TypeDeclaration[] = [
  entityType('profile', {
    ...fastPi,
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
    },
    navigation: {
      account: toMany('userAccountInformation', { contains: true }),
      addresses: toMany('itemAddress', { contains: true }),
      anniversaries: toMany('personAnnualEvent', { contains: true }),
      awards: toMany('personAward', { contains: true }),
      certifications: toMany('personCertification', { contains: true }),
      educationalActivities: toMany('educationalActivity', { contains: true }),
      emails: toMany('itemEmail', { contains: true }),
      extensions: toMany('personExtension', { contains: true }),
      interests: toMany('personInterest', { contains: true }),
      languages: toMany('languageProficiency', { contains: true }),
      names: toMany('personName', { contains: true }),
      notes: toMany('personAnnotation', { contains: true }),
      patents: toMany('itemPatent', { contains: true }),
      phones: toMany('itemPhone', { contains: true }),
      positions: toMany('workPosition', { contains: true }),
      projects: toMany('projectParticipation', { contains: true }),
      publications: toMany('itemPublication', { contains: true }),
      skills: toMany('skillProficiency', { contains: true }),
      webAccounts: toMany('webAccount', { contains: true }),
      websites: toMany('personWebsite', { contains: true }),
    },
  }),
];
