import { complexType, entityType, many, one, type TypeDeclaration, toMany } from '../schema.ts';

/** The directory itself: whose it is, what it has bought, and what has been deleted from it. */
export const organization: readonly TypeDeclaration[] = [
  entityType('directory', {
    base: 'entity',
    navigation: {
      deletedItems: toMany('directoryObject', {
        contains: true,
        storedAs: '/deletedItems',
        description: 'Users and groups of the last 30 days that can be restored.',
      }),
    },
  }),
  entityType('organization', {
    base: 'directoryObject',
    properties: {
      assignedPlans: many('assignedPlan'),
      businessPhones: many('Edm.String'),
      city: one('Edm.String'),
      country: one('Edm.String'),
      countryLetterCode: one('Edm.String'),
      createdDateTime: one('Edm.DateTimeOffset'),
      defaultUsageLocation: one('Edm.String'),
      displayName: one('Edm.String'),
      marketingNotificationEmails: many('Edm.String'),
      onPremisesLastSyncDateTime: one('Edm.DateTimeOffset'),
      onPremisesSyncEnabled: one('Edm.Boolean'),
      postalCode: one('Edm.String'),
      preferredLanguage: one('Edm.String'),
      provisionedPlans: many('provisionedPlan'),
      state: one('Edm.String'),
      street: one('Edm.String'),
      technicalNotificationMails: many('Edm.String'),
      tenantType: one('Edm.String'),
      verifiedDomains: many('verifiedDomain'),
    },
  }),
  complexType('verifiedDomain', {
    properties: {
      capabilities: one('Edm.String'),
      isDefault: one('Edm.Boolean'),
      isInitial: one('Edm.Boolean'),
      name: one('Edm.String'),
      type: one('Edm.String'),
    },
  }),
  entityType('subscribedSku', {
    base: 'entity',
    properties: {
      accountId: one('Edm.String'),
      accountName: one('Edm.String'),
      appliesTo: one('Edm.String'),
      capabilityStatus: one('Edm.String'),
      consumedUnits: one('Edm.Int32'),
      prepaidUnits: one('licenseUnitsDetail'),
      servicePlans: many('servicePlanInfo'),
      skuId: one('Edm.Guid'),
      skuPartNumber: one('Edm.String'),
      subscriptionIds: many('Edm.String'),
    },
  }),
  entityType('licenseDetails', {
    base: 'entity',
    properties: {
      servicePlans: many('servicePlanInfo'),
      skuId: one('Edm.Guid'),
      skuPartNumber: one('Edm.String'),
    },
  }),
  complexType('licenseUnitsDetail', {
    properties: {
      enabled: one('Edm.Int32'),
      lockedOut: one('Edm.Int32'),
      suspended: one('Edm.Int32'),
      warning: one('Edm.Int32'),
    },
  }),
  complexType('servicePlanInfo', {
    properties: {
      appliesTo: one('Edm.String'),
      provisioningStatus: one('Edm.String'),
      servicePlanId: one('Edm.Guid'),
      servicePlanName: one('Edm.String'),
    },
  }),
];
