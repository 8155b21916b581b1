import { beta } from '../beta.ts';
import { entityType, FAST_PI, type TypeDeclaration, toMany } from '../schema.ts';

/** A person in facets, each with its own source and audience. */
export const profile: readonly TypeDeclaration[] = [
  entityType('profile', {
    ...beta,
    base: 'entity',
    navigation: {
      // The pages of Graph name it both ways.
      account: toMany('userAccountInformation', { contains: true, alias: 'accounts' }),
      addresses: toMany('itemAddress', { contains: true }),
      anniversaries: toMany('personAnnualEvent', { contains: true }),
      awards: toMany('personAward', { contains: true }),
      certifications: toMany('personCertification', { contains: true }),
      educationalActivities: toMany('educationalActivity', { contains: true }),
      emails: toMany('itemEmail', { contains: true }),
      // Kept beside the facets; only the Fast.PI dialect leads there.
      extensions: toMany(`${FAST_PI}.personExtension`, { contains: true, roots: [] }),
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
