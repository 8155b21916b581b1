import type { ConnectionDegree } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { findInvitation, type Invitation } from '../linked-in/invitation.ts';
import { isBlocked } from '../linked-in/is-blocked.ts';
import { typedValue } from './document-values.ts';

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

/** What the viewee is to the viewer. */
export interface ViewerRelation {
  readonly degree: ConnectionDegree;
  readonly isInvited: boolean;
  /** Whether either has blocked the other. */
  readonly isBlocked: boolean;
  /** The viewee's invitation that waits for the viewer's answer, as a `liInvitation`. */
  readonly invitation: Document | undefined;
}

/** What one person is to a viewer: as `readViewerRelations` finds it for many. */
export async function readViewerRelation(
  reader: Reader,
  { viewer, viewee }: Encounter,
  now: number,
): Promise<ViewerRelation> {
  const [relation] = await readViewerRelations(reader, { viewer, viewees: [viewee], now });
  return relation!;
}

/**
 * Finds the degree of each viewee, in the order given, and of those who are not connected with the
 * viewer the invitations that wait for an answer, either way.
 */
export async function readViewerRelations(
  reader: Reader,
  { viewer, viewees, now }: { viewer: Member; viewees: readonly Member[]; now: number },
): Promise<readonly ViewerRelation[]> {
  const owners = viewees.map(({ owner }) => owner);
  const degrees = await reader.connections.degrees(viewer.owner, owners);
  return Promise.all(
    viewees.map(async (viewee, at) => {
      const degree = degrees[at]!;
      if (degree === 'SELF' || degree === 'DISTANCE_1') {
        return { degree, isInvited: false, isBlocked: false, invitation: undefined };
      }
      const [sent, received, blocked] = await Promise.all([
        findInvitation(reader, { inviter: viewer.id, invitee: viewee.id, now }),
        findInvitation(reader, { inviter: viewee.id, invitee: viewer.id, now }),
        isBlocked(reader, viewer, viewee),
      ]);
      const waiting = received?.isIgnored ? undefined : received;
      const invitation = waiting && tokenOf(waiting);
      return { degree, isInvited: sent !== undefined, isBlocked: blocked, invitation };
    }),
  );
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
  const { degree, isInvited, isBlocked: isApart, invitation } = relation;
  const isOther = degree !== 'SELF';
  const isStranger = isOther && degree !== 'DISTANCE_1';
  return {
    connected: degree === 'DISTANCE_1',
    connectionDegree: degree,
    invitationSentFromViewer: isStranger ? isInvited : null,
    pendingInvitationSentFromViewee: isStranger ? (invitation ?? null) : null,
    viewerCanConnectViewee: isStranger && !isInvited && !invitation && !isApart,
    viewerCanFollowViewee: isOther && !isApart,
  };
}

/** What answering an invitation needs, as a `liInvitation`. */
function tokenOf({ found, validationToken }: Invitation): Document {
  return typedValue('liInvitation', { invitationId: found.id, validationToken });
}
