import { complexType, one, type TypeDeclaration } from '../schema.ts';

/** What comes from an on-premises directory, and what went wrong on the way. */
export const provisioning: readonly TypeDeclaration[] = [
  complexType('onPremisesExtensionAttributes', {
    properties: {
      extensionAttribute1: one('Edm.String'),
      extensionAttribute2: one('Edm.String'),
      extensionAttribute3: one('Edm.String'),
      extensionAttribute4: one('Edm.String'),
      extensionAttribute5: one('Edm.String'),
      extensionAttribute6: one('Edm.String'),
      extensionAttribute7: one('Edm.String'),
      extensionAttribute8: one('Edm.String'),
      extensionAttribute9: one('Edm.String'),
      extensionAttribute10: one('Edm.String'),
      extensionAttribute11: one('Edm.String'),
      extensionAttribute12: one('Edm.String'),
      extensionAttribute13: one('Edm.String'),
      extensionAttribute14: one('Edm.String'),
      extensionAttribute15: one('Edm.String'),
    },
  }),
  complexType('onPremisesProvisioningError', {
    properties: {
      value: one('Edm.String'),
      category: one('Edm.String'),
      propertyCausingError: one('Edm.String'),
      occurredDateTime: one('Edm.DateTimeOffset'),
    },
  }),
  complexType('serviceProvisioningError', {
    abstract: true,
    properties: {
      createdDateTime: one('Edm.DateTimeOffset'),
      isResolved: one('Edm.Boolean'),
      serviceInstance: one('Edm.String'),
    },
  }),
  complexType('serviceProvisioningXmlError', {
    base: 'serviceProvisioningError',
    properties: {
      errorDetail: one('Edm.String'),
    },
  }),
];
