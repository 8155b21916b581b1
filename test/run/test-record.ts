import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { Failure, Outcome, Skip } from './outcome.ts';

type Verdict = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];

interface Node {
  readonly name: string;
  readonly parent: number;
}

/** What `node:test` adds to its events and `@types/node` does not know yet. */
interface Identity {
  readonly testId?: number;
  readonly parentId?: number;
}

/** An error's message and its stack without Node's own frames, then its causes likewise. */
function explain(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return inspect(error, { depth: 8 });
  const lines = error.stack.split('\n').filter((line) => !/^\s+at .*\bnode:/.test(line));
  const inner = error instanceof AggregateError ? error.errors : [];
  const causes = error.cause === undefined ? inner : [error.cause, ...inner];
  return [...lines, ...causes.map((cause) => `caused by ${explain(cause)}`)].join('\n');
}

/** What the test threw, out of the error that `node:test` wraps it in. */
function unwrap(error: unknown): string {
  const thrown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return typeof thrown === 'string' ? thrown : explain(thrown);
}

function reasonOf(flag: string | boolean | undefined): string | undefined {
  if (flag === undefined || flag === false) return undefined;
  return typeof flag === 'string' && flag !== '' ? flag : 'no reason given';
}

/**
 * Gathers the events of one run of `node:test` into an outcome. Only leaves count: a suite, or a
 * test with tests inside, counts when it fails by itself (a hook, its own body), else not.
 */
export class TestRecord {
  readonly #root: string;
  readonly #entryFile: string;
  readonly #nodes = new Map<number, Node>();
  readonly #parents = new Set<number>();
  readonly #running = new Set<number>();
  readonly #failures: Failure[] = [];
  readonly #skips: Skip[] = [];
  #passed = 0;
  #output = '';

  constructor(root: string, entryFile: string) {
    this.#root = root;
    this.#entryFile = entryFile;
  }

  /** Takes one event of the stream that `run()` returns. */
  add(event: TestEvent): void {
    if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      this.#output += event.data.message;
      return;
    }
    const identity = event.data as Identity;
    if (event.type === 'test:dequeue' && event.data.name !== this.#entryFile) {
      this.#register(event.data.name, identity);
    }
    if (event.type === 'test:complete' && event.data.name !== this.#entryFile) {
      this.#running.delete(identity.testId ?? 0);
    }
    if (event.type === 'test:pass') this.#pass(event.data);
    if (event.type === 'test:fail') this.#fail(event.data);
  }

  /** Adds a failure that no test reports, such as a file that did not end in time. */
  addFailure(name: string, reason: string): void {
    this.#failures.push({ name, place: relative(this.#root, this.#entryFile), reason });
  }

  /** The names of the tests that have begun and not ended; of suites, only if none is inside. */
  listRunning(): string[] {
    const parents = new Set([...this.#running].map((id) => this.#nodes.get(id)?.parent));
    return [...this.#running]
      .filter((id) => !parents.has(id))
      .map((id) => this.#pathOf(this.#nodes.get(id)?.name ?? '', this.#nodes.get(id)?.parent ?? 0));
  }

  /** The outcome so far; a run without a single test is a failure. */
  finish(group: string, milliseconds: number): Outcome {
    if (this.#passed + this.#failures.length + this.#skips.length === 0) {
      this.addFailure(group, 'No test in it ran.');
    }
    return {
      group,
      passed: this.#passed,
      failures: this.#failures,
      skips: this.#skips,
      milliseconds,
      output: this.#output,
    };
  }

  #register(name: string, { testId = 0, parentId = 0 }: Identity): void {
    this.#nodes.set(testId, { name, parent: parentId });
    this.#running.add(testId);
    this.#parents.add(parentId);
  }

  #pathOf(name: string, parentId: number): string {
    const names = [name];
    for (let node = this.#nodes.get(parentId); node; node = this.#nodes.get(node.parent)) {
      names.unshift(node.name);
    }
    return names.join(' > ');
  }

  #nameOf(data: Verdict): string {
    return this.#pathOf(data.name, (data as Identity).parentId ?? 0);
  }

  #isLeaf(data: Verdict): boolean {
    const { testId = 0 } = data as Identity;
    return data.details.type !== 'suite' && !this.#parents.has(testId);
  }

  #skip(data: Verdict): boolean {
    const todo = reasonOf(data.todo);
    const reason = reasonOf(data.skip) ?? (todo === undefined ? undefined : `to do: ${todo}`);
    if (reason === undefined) return false;
    this.#skips.push({ name: this.#nameOf(data), reason });
    return true;
  }

  #pass(data: Verdict): void {
    if (data.name === this.#entryFile) return;
    if (data.skip !== undefined || data.todo !== undefined) {
      if (this.#skip(data)) return;
    }
    if (this.#isLeaf(data)) this.#passed += 1;
  }

  #fail(data: Verdict): void {
    const error = (data.details as { error?: Error & { failureType?: string } }).error;
    if (error?.failureType === 'subtestsFailed') return;
    if (error?.failureType === 'testAborted') return;
    if (this.#skip(data)) return;
    const isFile = data.name === this.#entryFile;
    const place = `${relative(this.#root, data.file ?? this.#entryFile)}:${data.line ?? 1}`;
    const reason = isFile ? 'The file failed outside its tests; see what it printed.' : '';
    const name = isFile ? relative(this.#root, this.#entryFile) : this.#nameOf(data);
    this.#failures.push({ name, place, reason: reason || unwrap(error) });
  }
}
