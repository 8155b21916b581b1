import assert from 'node:assert/strict';
import type { Reply } from '../running-kith.ts';
import { type Network, personId, urn } from './network.ts';

export const INVITATIONS = '/linkedIn/invitations';
export const CLOSE = `${INVITATIONS}/inviteeClosingInvitation`;

/** What people of a network do with invitations; people are named by their numbers. */
export class Inviting {
  readonly network: Network;

  constructor(network: Network) {
    this.network = network;
  }

  invite(from: number, to: number, more: object = {}): Promise<Reply> {
    const body = { invitee: urn(to), ...more };
    return this.network.as(from)(INVITATIONS, { method: 'POST', body });
  }

  /** Sends an invitation that must be taken, and gives its id. */
  async invited(from: number, to: number): Promise<string> {
    const reply = await this.invite(from, to);
    assert.equal(reply.status, 201, reply.text);
    return reply.json.id;
  }

  /** What one person sees of another, as far as it is about the two. */
  async seen(viewer: number, viewee: number) {
    const reply = await this.network.as(viewer)(`/decoratedProfiles/${personId(viewee)}`);
    assert.equal(reply.status, 200, reply.text);
    const { connectionDegree, connected, invitationSentFromViewer } = reply.json;
    const { pendingInvitationSentFromViewee, viewerCanConnectViewee, connection } = reply.json;
    return {
      ...{ connectionDegree, connected, invitationSentFromViewer, viewerCanConnectViewee },
      ...{ pendingInvitationSentFromViewee, count: connection.count },
    };
  }

  close(who: number, action: string, data: readonly object[]): Promise<Reply> {
    const body = { inviteActionData: data, inviteeActionType: action };
    return this.network.as(who)(CLOSE, { method: 'POST', body });
  }

  /** Answers the invitation that one person sees waiting from another. */
  async answer(who: number, from: number, action: string): Promise<Reply> {
    const { pendingInvitationSentFromViewee: waiting } = await this.seen(who, from);
    const { invitationId, validationToken } = waiting;
    return this.close(who, action, [{ invitationId, validationToken }]);
  }

  async list(who: number): Promise<readonly Record<string, unknown>[]> {
    const reply = await this.network.as(who)(INVITATIONS);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.value;
  }
}

/** Checks that a request was refused like this. */
export function assertError(reply: Reply, status: number, code: string, about: RegExp): void {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.json.error.code, code);
  assert.match(reply.json.error.message, about);
}

/** What a call that closes invitations tells of each. */
export function resultOf(reply: Reply) {
  assert.equal(reply.status, 200, reply.text);
  return reply.json.inviteActionResults;
}
