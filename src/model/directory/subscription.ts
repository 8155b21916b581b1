import { entityType, one, type TypeDeclaration } from '../schema.ts';

const fixed = { immutable: true } as const;

/** Whom the service tells of changes, and of which (Graph's page "subscription resource type"). */
export const subscription: readonly TypeDeclaration[] = [
  entityType('subscription', {
    base: 'entity',
    properties: {
      applicationId: one('Edm.String', { computed: true }),
      changeType: one('Edm.String', { nullable: false, ...fixed }),
      clientState: one('Edm.String', { maxLength: 128, ...fixed }),
      creatorId: one('Edm.String', { computed: true }),
      encryptionCertificate: one('Edm.String', fixed),
      encryptionCertificateId: one('Edm.String', fixed),
      expirationDateTime: one('Edm.DateTimeOffset', { nullable: false }),
      includeResourceData: one('Edm.Boolean', fixed),
      latestSupportedTlsVersion: one('Edm.String', fixed),
      lifecycleNotificationUrl: one('Edm.String', fixed),
      notificationQueryOptions: one('Edm.String', fixed),
      notificationUrl: one('Edm.String', { nullable: false, ...fixed }),
      resource: one('Edm.String', { nullable: false, ...fixed }),
    },
  }),
];
