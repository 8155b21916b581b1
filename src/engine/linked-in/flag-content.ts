import { createHash } from 'node:crypto';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { OwnBehaviour } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import { requireCaller } from './member.ts';

const URN_MAX = 2000;
/** `urn:`, a namespace, and what is named (RFC 8141, section 2). */
const URN = /^urn:[a-z0-9][a-z0-9-]{0,31}:\S+$/i;

/** Keeps that the caller objects to some content; who does so again gives another reason. */
export function flagContent(clock: Clock): OwnBehaviour {
  return ({ parameters }, { store, caller }) => {
    const { contentUrn, flaggingReason } = parameters.flagContentRequest as Document;
    const urn = String(contentUrn);
    if (!URN.test(urn) || urn.length > URN_MAX) {
      const message = `The content is named by a URN of at most ${URN_MAX} characters.`;
      throw new Refusal('badRequest', message, { target: 'flagContentRequest/contentUrn' });
    }
    const id = createHash('sha256').update(urn).digest('hex');
    return store.transact(caller.tenant, async (tx) => {
      const { owner } = await requireCaller(caller, tx);
      const address = { set: 'users', owner, path: 'linkedIn/flaggedContents', key: id };
      const members = { id, contentUrn: urn, flaggingReason, flaggedAt: clock.now() } as Document;
      tx.write(address, members, await tx.read(address), Object.keys(members));
    });
  };
}
