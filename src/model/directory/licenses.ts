import { complexType, many, one, type TypeDeclaration } from '../schema.ts';

/** What a user or a group may use, and how far its assignment has come. */
export const licenses: readonly TypeDeclaration[] = [
  complexType('assignedLicense', {
    properties: {
      disabledPlans: many('Edm.Guid'),
      skuId: one('Edm.Guid'),
    },
  }),
  complexType('assignedPlan', {
    properties: {
      assignedDateTime: one('Edm.DateTimeOffset'),
      capabilityStatus: one('Edm.String'),
      service: one('Edm.String'),
      servicePlanId: one('Edm.Guid'),
    },
  }),
  complexType('licenseAssignmentState', {
    properties: {
      assignedByGroup: one('Edm.String'),
      state: one('Edm.String'),
      error: one('Edm.String'),
      disabledPlans: many('Edm.Guid'),
      lastUpdatedDateTime: one('Edm.DateTimeOffset'),
      skuId: one('Edm.Guid'),
    },
  }),
  complexType('licenseProcessingState', {
    properties: {
      state: one('Edm.String'),
    },
  }),
  complexType('provisionedPlan', {
    properties: {
      capabilityStatus: one('Edm.String'),
      provisioningStatus: one('Edm.String'),
      service: one('Edm.String'),
    },
  }),
];
