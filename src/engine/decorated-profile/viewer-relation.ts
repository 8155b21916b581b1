import { type ConnectionDegree, invitationPair } from '#plan/connection-graph.ts';
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

/** What the viewee is to the viewer. */
export interface ViewerRelation {
  readonly degree: ConnectionDegree;
  readonly isInvited: boolean;
  /** The viewee's invitation that waits for the viewer's answer, as a `liInvitation`. */
  readonly invitation: Document | undefined;
}

/** An invitation that nobody answers for half a year is void. */
const INVITATION_LIFETIME_MILLISECONDS = 180 * 86_400_000;

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
        return { degree, isInvited: false, invitation: undefined };
      }
      const [sent, received] = await Promise.all([
        readInvitation(reader, { inviter: viewer, invitee: viewee, now }),
        readInvitation(reader, { inviter: viewee, invitee: viewer, now }),
      ]);
      return { degree, isInvited: sent !== undefined, invitation: received };
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

async function readInvitation(
  reader: Reader,
  { inviter, invitee, now }: { inviter: Member; invitee: Member; now: number },
): Promise<Document | undefined> {
  const pair = invitationPair(inviter.id, invitee.id);
  const found = await reader.find('invitations', 'pair', pair, 'doc');
  if (!found) return undefined;
  const { created, validationToken } = JSON.parse(found.text) as Document;
  // One whose time nobody wrote down can't be shown to be void.
  if (now - Number(created ?? now) > INVITATION_LIFETIME_MILLISECONDS) return undefined;
  return typedValue('liInvitation', {
    invitationId: found.id,
    validationToken: textOf(validationToken),
  });
}
