import { complexType, enumType, many, one, type TypeDeclaration } from '../schema.ts';

const text = one('Edm.String');
const flag = one('Edm.Boolean');
const claims = many('optionalClaim');

/** What is said of an application beside how it signs in: its pages, claims, locks and marks. */
export const applicationSettings: readonly TypeDeclaration[] = [
  complexType('addIn', {
    properties: {
      id: one('Edm.Guid'),
      properties: many('keyValue'),
      type: one('Edm.String', { nullable: false }),
    },
  }),
  complexType('keyValue', { properties: { key: text, value: text } }),
  complexType('certification', {
    properties: {
      certificationDetailsUrl: text,
      certificationExpirationDateTime: one('Edm.DateTimeOffset'),
      isCertifiedByMicrosoft: flag,
      isPublisherAttested: flag,
      lastCertificationDateTime: one('Edm.DateTimeOffset'),
    },
  }),
  complexType('informationalUrl', {
    properties: {
      logoUrl: one('Edm.String', { computed: true }),
      marketingUrl: text,
      privacyStatementUrl: text,
      supportUrl: text,
      termsOfServiceUrl: text,
    },
  }),
  enumType('nativeAuthenticationApisEnabled', { none: 0, all: 1 }, { flags: true }),
  complexType('optionalClaims', {
    properties: { accessToken: claims, idToken: claims, saml2Token: claims },
  }),
  complexType('optionalClaim', {
    properties: {
      additionalProperties: many('Edm.String'),
      essential: one('Edm.Boolean', { nullable: false, initial: false }),
      name: one('Edm.String', { nullable: false }),
      source: text,
    },
  }),
  complexType('parentalControlSettings', {
    properties: {
      countriesBlockedForMinors: many('Edm.String'),
      legalAgeGroupRule: text,
    },
  }),
  complexType('redirectUriSettings', { properties: { index: one('Edm.Int32'), uri: text } }),
  complexType('requestSignatureVerification', {
    properties: {
      allowedWeakAlgorithms: one('weakAlgorithms'),
      isSignedRequestRequired: one('Edm.Boolean', { nullable: false, initial: false }),
    },
  }),
  enumType('weakAlgorithms', { rsaSha1: 1 }, { flags: true }),
  complexType('samlSingleSignOnSettings', { properties: { relayState: text } }),
  complexType('servicePrincipalLockConfiguration', {
    properties: {
      allProperties: flag,
      credentialsWithUsageSign: flag,
      credentialsWithUsageVerify: flag,
      isEnabled: one('Edm.Boolean', { nullable: false, initial: false }),
      tokenEncryptionKeyId: flag,
    },
  }),
  complexType('verifiedPublisher', {
    properties: {
      addedDateTime: one('Edm.DateTimeOffset'),
      displayName: text,
      verifiedPublisherId: text,
    },
  }),
];
