import assert from 'node:assert/strict';
import type { Reply, RequestOptions, RunningKith } from '../running-kith.ts';

/** One round of changes: what all its pages say, and the link to the next round. */
export interface Round {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly members: readonly any[];
  readonly pages: number;
  readonly deltaLink: string;
  readonly last: Reply;
}

/** Follows a round from its first address, or from a link, to its end. */
export async function follow(
  kith: RunningKith,
  start: string,
  options: RequestOptions = {},
): Promise<Round> {
  const members: unknown[] = [];
  let path = start.replace(kith.origin, '');
  for (let pages = 1; ; pages++) {
    assert.ok(pages < 1000, 'The round does not end.');
    const last = await kith.request(path, options);
    assert.equal(last.status, 200, last.text);
    members.push(...last.json.value);
    const prefix = last.json['@context'] === undefined ? '@odata.' : '@';
    const deltaLink: string | undefined = last.json[`${prefix}deltaLink`];
    if (deltaLink !== undefined) return { members, pages, deltaLink, last };
    path = String(last.json[`${prefix}nextLink`]).replace(kith.origin, '');
  }
}
