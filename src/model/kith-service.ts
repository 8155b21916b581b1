import { linkedInOperations } from './decorated/linked-in-operations.ts';
import { profileFunctions } from './decorated/profile-functions.ts';
import { credentialActions } from './directory/credential-actions.ts';
import { deltaFunctions } from './directory/delta-functions.ts';
import { directoryOperations } from './directory/directory-operations.ts';
import { searchOperations } from './directory/search.ts';
import { graphService, type ServiceDeclaration } from './schema-service.ts';

/** Kith's own service with what is done there beside reading and writing. */
export const kithService: ServiceDeclaration = {
  ...graphService,
  operations: [
    ...directoryOperations,
    ...deltaFunctions,
    ...credentialActions,
    ...profileFunctions,
    ...linkedInOperations,
    ...searchOperations,
  ],
};
