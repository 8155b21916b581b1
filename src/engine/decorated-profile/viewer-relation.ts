import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { textOf, typedValue } from './document-values.ts';

/** One of the two people, by surrogate and by id. */
export interface Member {
  readonly owner: number;
  readonly id: string;
}

/** Who looks at whom. */
export interface Encounter {
  readonly viewer: Member;
  readonly viewee: Member;
}

/** How far away the viewee is: `ConnectionDegree`. */
export type ConnectionDegree =
  | 'OUT_OF_NETWORK'
  | 'SELF'
  | 'DISTANCE_1'
  | 'DISTANCE_2'
  | 'DISTANCE_3';

/** What the viewee is to the viewer. */
export interface ViewerRelation {
  readonly degree: ConnectionDegree;
  readonly isInvited: boolean;
  /** The viewee's invitation that waits for the viewer's answer, as a `liInvitation`. */
  readonly invitation: Document | undefined;
}

/** An invitation that nobody answers for half a year is void. */
const INVITATION_LIFETIME_MILLISECONDS = 180 * 86_400_000;

/** Finds the degree and the invitations that wait for an answer, either way. */
export async function readViewerRelation(
  reader: Reader,
  { viewer, viewee }: Encounter,
  now: number,
): Promise<ViewerRelation> {
  if (viewer.owner === viewee.owner) {
    return { degree: 'SELF', isInvited: false, invitation: undefined };
  }
  const [degree, sent, received] = await Promise.all([
    readDegree(reader, viewer.owner, viewee.owner),
    readInvitation(reader, { inviter: viewer, invitee: viewee, now }),
    readInvitation(reader, { inviter: viewee, invitee: viewer, now }),
  ]);
  return { degree, isInvited: sent !== undefined, invitation: received };
}

/**
 * The viewer-relative members: all null without a viewer, and those about invitations null where
 * the two are one or connected.
 */
export function relationMembers(relation: ViewerRelation | undefined): Document {
  if (!relation) {
    return {
      connected: null,
      connectionDegree: null,
      invitationSentFromViewer: null,
      pendingInvitationSentFromViewee: null,
      viewerCanConnectViewee: null,
      viewerCanFollowViewee: null,
    };
  }
  const { degree, isInvited, invitation } = relation;
  const isOther = degree !== 'SELF';
  const isStranger = isOther && degree !== 'DISTANCE_1';
  return {
    connected: degree === 'DISTANCE_1',
    connectionDegree: degree,
    invitationSentFromViewer: isStranger ? isInvited : null,
    pendingInvitationSentFromViewee: isStranger ? (invitation ?? null) : null,
    viewerCanConnectViewee: isStranger && !isInvited && !invitation,
    viewerCanFollowViewee: isOther,
  };
}

/** Step by step, because each step costs far more than the one before. */
async function readDegree(reader: Reader, from: number, to: number): Promise<ConnectionDegree> {
  if (await reader.isLinked('connection', from, to)) return 'DISTANCE_1';
  if (await reader.isReachable('connection', from, to, 2)) return 'DISTANCE_2';
  if (await reader.isReachable('connection', from, to, 3)) return 'DISTANCE_3';
  return 'OUT_OF_NETWORK';
}

async function readInvitation(
  reader: Reader,
  { inviter, invitee, now }: { inviter: Member; invitee: Member; now: number },
): Promise<Document | undefined> {
  const found = await reader.find('invitations', 'pair', `${inviter.id}>${invitee.id}`, 'doc');
  if (!found) return undefined;
  const { created, validationToken } = JSON.parse(found.text) as Document;
  // One whose time nobody wrote down can't be shown to be void.
  if (now - Number(created ?? now) > INVITATION_LIFETIME_MILLISECONDS) return undefined;
  return typedValue('liInvitation', {
    invitationId: found.id,
    validationToken: textOf(validationToken),
  });
}
