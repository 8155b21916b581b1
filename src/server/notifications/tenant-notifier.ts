import type { EntityType } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import { type FoundMember, nothingAsked } from '#plan/query.ts';
import type { ChangeEvent } from '#plan/store.ts';
import type { NotifierParts } from './notifier-parts.ts';
import { Subscription } from './subscription.ts';
import { RootIds } from './tell.ts';
import { isBehind, parseTracking, TRACKING } from './tracking-state.ts';

const SET = 'subscriptions';
const PAGE = 500;
/** Events read at a time. */
const CHUNK = 1000;

/** Tells the subscriptions of one tenant. */
export class TenantNotifier {
  private readonly tenant: Tenant;
  private readonly parts: NotifierParts;
  private readonly ended: AbortSignal;
  private readonly subscriptions = new Map<string, Subscription>();
  /** Behind the last event that was looked at. */
  private position: string | undefined;
  private isStale = true;

  constructor(tenant: Tenant, parts: NotifierParts, ended: AbortSignal) {
    this.tenant = tenant;
    this.parts = parts;
    this.ended = ended;
  }

  /** Looks at what has changed, and sends what is to be told; false where nobody is to be told. */
  async look(): Promise<boolean> {
    if (this.isStale) await this.load();
    if (this.subscriptions.size === 0) return false;
    const { store, clock } = this.parts;
    for (;;) {
      const events = await store.changes(this.tenant, this.position, CHUNK);
      if (events.length > 0) await this.take(events);
      if (events.length < CHUNK || this.ended.aborted) break;
    }
    const now = clock.now();
    for (const [id, subscription] of this.subscriptions) {
      if (subscription.isOver(now)) {
        this.subscriptions.delete(id);
        await subscription.remove();
      } else subscription.work(now, this.position);
    }
    return true;
  }

  private async take(events: readonly ChangeEvent[]): Promise<void> {
    const { store, model } = this.parts;
    const sets = new Set(model.resources.keys());
    const ids = new RootIds(store.reader(this.tenant), sets);
    ids.learn(events);
    for (const event of events) {
      // Who has unsubscribed is told of nothing behind that.
      if (event.set === SET && event.kind === 'deleted') this.subscriptions.delete(event.key);
      else if (event.set === SET || event.kind === 'forgotten') this.isStale = true;
      for (const subscription of this.subscriptions.values()) await subscription.see(event, ids);
      this.position = event.position;
    }
  }

  /** Takes in subscriptions that are new or renewed, and leaves those that are there no more. */
  private async load(): Promise<void> {
    this.isStale = false;
    const here = new Set<string>();
    for (const member of await this.list()) {
      here.add(member.key);
      const document = JSON.parse(member.text) as Document;
      const known = this.subscriptions.get(member.key);
      if (known) known.renew(document);
      else await this.add(member, document);
    }
    for (const id of this.subscriptions.keys()) {
      if (!here.has(id)) this.subscriptions.delete(id);
    }
  }

  private async add({ key, owner }: FoundMember, document: Document): Promise<void> {
    const { secrets } = this.parts;
    const kept = await secrets.secret(this.tenant, owner, TRACKING);
    // What a seed brings has asked nobody whether it wants to be told.
    if (kept === undefined) return;
    const state = parseTracking(kept);
    const context = { ...this.parts, tenant: this.tenant, ended: this.ended };
    const { position } = this;
    if (position === undefined || isBehind(state.position, position)) {
      // The others have seen what is now looked at again.
      if (position !== undefined)
        for (const each of this.subscriptions.values()) each.skip(position);
      this.position = state.position;
    }
    this.subscriptions.set(key, new Subscription({ id: key, owner, document, state }, context));
  }

  private async list(): Promise<FoundMember[]> {
    const { store, model } = this.parts;
    const type: EntityType = model.resources.get(SET)!.type;
    const reader = store.reader(this.tenant);
    const all: FoundMember[] = [];
    let after: Parameters<typeof reader.query>[1]['after'];
    do {
      const query = { ...nothingAsked, pageSize: PAGE, after };
      const page = await reader.query({ kind: 'set', set: SET, type }, query, 'doc');
      all.push(...page.members);
      after = page.next;
    } while (after);
    return all;
  }
}
