import { localName } from '#model/model.ts';
import type { LinkTarget } from '#plan/delta.ts';
import type { EncryptedContent } from './encrypt-resource.ts';

/** The subscription that a notification is for. */
export interface Subscriber {
  readonly id: string;
  readonly tenantId: string;
  readonly expirationDateTime: string;
  readonly clientState: string | null;
}

/** What is told of one change. */
export interface Told {
  readonly changeType: 'created' | 'updated' | 'deleted';
  /** Qualified name of the type of what has changed. */
  readonly type: string;
  /** Where it stands, each step with the key behind it: `users`, guid, `contacts`, key. */
  readonly path: readonly string[];
  readonly id: string;
  readonly members?: readonly Pick<LinkTarget, 'key' | 'isRemoved'>[];
}

/** What a subscription itself is told of. */
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** A change as it is sent, with the data of what has changed where that is wanted and there. */
export interface Sent {
  readonly told: Told;
  readonly content?: EncryptedContent | undefined;
}

/**
 * The body of a notification of changes (Graph's page "change notifications through webhooks"). The
 * token says, to whom data is sent, that it comes from here.
 */
export function encodeNotifications(
  subscriber: Subscriber,
  all: readonly Sent[],
  token?: string,
): string {
  const value = all.map((sent) => encodeOne(subscriber, sent));
  return JSON.stringify({ value, ...(token === undefined ? {} : { validationTokens: [token] }) });
}

/** The body of a lifecycle notification (Graph's page "Reduce missing change notifications"). */
export function encodeLifecycle(subscriber: Subscriber, lifecycleEvent: LifecycleEvent): string {
  const { id, tenantId, expirationDateTime, clientState } = subscriber;
  return JSON.stringify({
    value: [
      {
        subscriptionId: id,
        subscriptionExpirationDateTime: expirationDateTime,
        tenantId,
        clientState,
        lifecycleEvent,
      },
    ],
  });
}

function encodeOne(subscriber: Subscriber, { told, content }: Sent): object {
  const { changeType, type, path, id, members } = told;
  const resource = path.map((step, index) => (index % 2 === 0 ? capital(step) : step)).join('/');
  const changed = members?.map(({ key, isRemoved }) =>
    isRemoved ? { id: key, '@removed': 'deleted' } : { id: key },
  );
  return {
    subscriptionId: subscriber.id,
    subscriptionExpirationDateTime: subscriber.expirationDateTime,
    clientState: subscriber.clientState,
    changeType,
    resource,
    tenantId: subscriber.tenantId,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${capital(localName(type))}`,
      '@odata.id': resource,
      id,
      ...(changed ? { 'members@delta': changed } : {}),
    },
    ...(content ? { encryptedContent: content } : {}),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
