import type { RunningKith } from '../running-kith.ts';

/** One writer: it changes one thing of one person, each time to a value never used before. */
export interface Writer {
  readonly path: string;
  readonly member: string;
  /** Number of the last write that was answered with 200; 0 before the first. */
  acknowledged: number;
  /** Number of the last write that was sent. */
  sent: number;
}

/** The value of a writer's write of that number. */
export function valueAt({ member }: Writer, number: number): string | number {
  return member === 'width' ? (number % 2048) + 1 : `write ${number}`;
}

/** Makes writers for people, their photos and their professional profiles. */
export function makeWriters(names: readonly string[]): Writer[] {
  return names.flatMap((name) => [
    makeWriter(`/localtest/users/${name}`, 'city'),
    makeWriter(`/localtest/users/${name}/photo`, 'width'),
  ]);
}

function makeWriter(path: string, member: string): Writer {
  return { path, member, acknowledged: 0, sent: 0 };
}

/**
 * Lets every writer write, one change after the other, until the server is gone; remembers what was
 * acknowledged. Throws for an answer that is neither 200 nor a broken connection.
 */
export async function writeUntilGone(
  kith: RunningKith,
  token: string,
  writers: readonly Writer[],
): Promise<void> {
  await Promise.all(writers.map((writer) => writeOn(kith, token, writer)));
}

async function writeOn(kith: RunningKith, token: string, writer: Writer): Promise<void> {
  for (;;) {
    const number = writer.sent + 1;
    writer.sent = number;
    const height = writer.member === 'width' ? { height: 100 } : {};
    const body = { ...height, [writer.member]: valueAt(writer, number) };
    const reply = await kith.request(writer.path, { token, body }).catch(() => undefined);
    if (!reply) return;
    if (reply.status !== 200) throw new Error(`${writer.path}: ${reply.status} ${reply.text}`);
    writer.acknowledged = number;
  }
}
