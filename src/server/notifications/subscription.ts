import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { ChangeEvent } from '#plan/store.ts';
import {
  encodeLifecycle,
  encodeNotifications,
  type Sent,
  type Subscriber,
  type Told,
} from './encode-notifications.ts';
import { encryptResource } from './encrypt-resource.ts';
import type { NotifierParts } from './notifier-parts.ts';
import { Outbox, type Parcel } from './outbox.ts';
import { type RootIds, tell } from './tell.ts';
import { formatTracking, isBehind, TRACKING, type TrackingState } from './tracking-state.ts';
import { see } from './watch.ts';

const SET = 'subscriptions';
const CONTENT_TYPE = 'application/json; charset=utf-8';
/** How long before its end a subscription is told that it needs to be renewed. */
const WARNING_MS = 15 * 60_000;
/** How often it is kept how far a subscription has come that has nothing to be told. */
const KEEP_MS = 3_600_000;

/** A subscription as it is kept. */
export interface KeptSubscription {
  readonly id: string;
  readonly owner: number;
  readonly document: Document;
  readonly state: TrackingState;
}

/** What a subscription is told with. */
export interface SubscriptionContext extends NotifierParts {
  readonly tenant: Tenant;
  readonly ended: AbortSignal;
}

/** A subscription that is being told of changes. */
export class Subscription {
  private readonly kept: KeptSubscription;
  private readonly context: SubscriptionContext;
  private readonly types: ReadonlySet<string>;
  private readonly url: URL;
  private readonly lifecycleUrl: URL | undefined;
  private readonly outbox = new Outbox();
  /** Up to which event it has been told already; undefined behind that. */
  private toldTo: string | undefined;
  private document: Document;
  private startedAt: number;
  private isSending = false;
  private isRemoved = false;
  private isWarned = false;
  private keptAt: number;

  constructor(kept: KeptSubscription, context: SubscriptionContext) {
    const { document, state } = kept;
    this.kept = kept;
    this.context = context;
    this.document = document;
    this.toldTo = state.position;
    this.types = new Set(
      String(document.changeType)
        .split(',')
        .map((type) => type.trim()),
    );
    this.url = new URL(String(document.notificationUrl));
    const lifecycle = document.lifecycleNotificationUrl;
    this.lifecycleUrl = typeof lifecycle === 'string' ? new URL(lifecycle) : undefined;
    this.startedAt = context.clock.now();
    this.keptAt = this.startedAt;
  }

  /** Takes in what an event means to the subscription. */
  async see(event: ChangeEvent, ids: RootIds): Promise<void> {
    if (this.toldTo !== undefined && isBehind(event.position, this.toldTo)) return;
    this.toldTo = undefined;
    if (event.kind === 'forgotten') {
      this.outbox.addLifecycle('missed');
      return;
    }
    const isCreator = event.set === 'users' && event.path === '' && event.kind === 'deleted';
    if (isCreator && event.key === this.document.creatorId) this.end();
    const { watch } = this.kept.state;
    const seen = see(watch, event);
    const told = seen && (await tell(watch, seen, this.types, ids));
    if (told) this.outbox.add(told, event.position);
  }

  /** Tells nothing more of events up to a position. */
  skip(position: string): void {
    if (this.toldTo === undefined || isBehind(this.toldTo, position)) this.toldTo = position;
  }

  /** Takes in a new end. */
  renew(document: Document): void {
    if (document.expirationDateTime === this.document.expirationDateTime) return;
    this.document = document;
    this.startedAt = this.context.clock.now();
    this.isWarned = false;
  }

  /** Whether nothing more is to be told. */
  isOver(now: number): boolean {
    if (this.isRemoved) return this.outbox.isEmpty || !this.lifecycleUrl;
    return now >= this.endsAt;
  }

  /** Sends what is to be told, and warns of the end. */
  work(now: number, position: string | undefined): void {
    const isShort = this.endsAt - this.startedAt <= WARNING_MS;
    if (!this.isWarned && !isShort && this.endsAt - now <= WARNING_MS) {
      this.isWarned = true;
      this.outbox.addLifecycle('reauthorizationRequired');
    }
    if (!this.isSending && !this.outbox.isEmpty) this.sendAll();
    if (!this.outbox.isEmpty || position === undefined || now - this.keptAt < KEEP_MS) return;
    this.keep(position).catch((error) => this.complain(error));
  }

  /** Takes the subscription out of the store. */
  async remove(): Promise<void> {
    const { store, tenant } = this.context;
    const { id } = this.kept;
    await store.transact(tenant, async (tx) => {
      const found = await tx.find(SET, 'id', id, 'nothing');
      if (found) tx.remove({ set: SET, owner: found.owner, path: '', key: '' }, found);
    });
  }

  private get endsAt(): number {
    return Date.parse(String(this.document.expirationDateTime));
  }

  /** Nobody is there any more for whom it was made. */
  private end(): void {
    this.isRemoved = true;
    this.outbox.addLifecycle('subscriptionRemoved');
  }

  private sendAll(): void {
    this.isSending = true;
    this.sendEach()
      .catch((error) => this.complain(error))
      .finally(() => {
        this.isSending = false;
      });
  }

  private async sendEach(): Promise<void> {
    const { clock, ended } = this.context;
    for (;;) {
      const parcel = ended.aborted ? undefined : this.outbox.next(clock.now());
      if (!parcel) return;
      const hasArrived = await this.send(parcel);
      if (ended.aborted) return;
      if (!hasArrived) {
        this.outbox.fail(parcel, clock.now());
        return;
      }
      this.outbox.succeed(parcel);
      if (parcel.kind === 'changes') await this.keep(parcel.position);
    }
  }

  private async send(parcel: Parcel): Promise<boolean> {
    const { reach, send, ended, log } = this.context;
    const isLifecycle = parcel.kind === 'lifecycle';
    const url = isLifecycle ? this.lifecycleUrl : this.url;
    // Who has named no place for it is not told.
    if (!url) return true;
    try {
      const body = isLifecycle
        ? encodeLifecycle(this.subscriber, parcel.event)
        : await this.encode(parcel.all);
      const { status } = await send({ url, contentType: CONTENT_TYPE, body, reach, signal: ended });
      return status >= 200 && status < 300;
    } catch (error) {
      const why = (error as Error).message;
      if (!ended.aborted) log.warn({ subscription: this.kept.id, why }, 'a notification was lost');
      return false;
    }
  }

  private async encode(all: readonly Told[]): Promise<string> {
    const { data: reading } = this.kept.state;
    if (!reading)
      return encodeNotifications(
        this.subscriber,
        all.map((told) => ({ told })),
      );
    const { tenant, data } = this.context;
    const read = async (told: Told): Promise<Sent> => {
      const isGone = told.changeType === 'deleted';
      const text = isGone ? undefined : await data.read(tenant, reading, told.path);
      return { told, content: text === undefined ? undefined : encryptResource(text, reading) };
    };
    const token = data.prove(tenant, reading.app ?? '');
    return encodeNotifications(this.subscriber, await Promise.all(all.map(read)), token);
  }

  /** Keeps how far the subscription has been told, so that another process goes on there. */
  private async keep(position: string): Promise<void> {
    const { store, tenant, clock } = this.context;
    const { id, state } = this.kept;
    this.keptAt = clock.now();
    await store.transact(tenant, async (tx) => {
      const found = await tx.find(SET, 'id', id, 'nothing');
      if (found) tx.writeSecret(found.owner, TRACKING, formatTracking({ ...state, position }));
    });
  }

  private get subscriber(): Subscriber {
    const { id } = this.kept;
    const { expirationDateTime, clientState } = this.document;
    return {
      id,
      tenantId: this.context.tenant.id,
      expirationDateTime: String(expirationDateTime),
      clientState: typeof clientState === 'string' ? clientState : null,
    };
  }

  private complain(error: unknown): void {
    const { log, ended } = this.context;
    if (!ended.aborted) log.error({ err: error }, 'what was told could not be kept');
  }
}
