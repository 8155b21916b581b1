import type { TypeDeclaration } from '../schema.ts';
import { batchGet } from './batch-get.ts';
import { connection } from './connection.ts';
import { contactDetails } from './contact-details.ts';
import { datesAndLocales } from './dates-and-locales.ts';
import { decoratedProfile } from './decorated-profile.ts';
import { decoratedProfileConnection } from './decorated-profile-connection.ts';
import { decoratedProfileSearch } from './decorated-profile-search.ts';
import { highlights } from './highlights.ts';
import { invitations } from './invitations.ts';
import { linkedInStatus } from './linked-in-status.ts';
import { newsAndPosts } from './news-and-posts.ts';
import { positionsAndEducations } from './positions-and-educations.ts';
import { salesNavigator } from './sales-navigator.ts';
import { sharedGround } from './shared-ground.ts';
import { skillEndorsement } from './skill-endorsement.ts';
import { userFlagging } from './user-flagging.ts';

/** The types of decorated profiles, connections and what surrounds them. */
export const decoratedTypes: readonly TypeDeclaration[] = [
  ...decoratedProfile,
  ...decoratedProfileConnection,
  ...decoratedProfileSearch,
  ...batchGet,
  ...datesAndLocales,
  ...positionsAndEducations,
  ...contactDetails,
  ...highlights,
  ...sharedGround,
  ...newsAndPosts,
  ...skillEndorsement,
  ...invitations,
  ...salesNavigator,
  ...linkedInStatus,
  ...userFlagging,
  ...connection,
];
