import type { MaybePromise } from '#plan/maybe-promise.ts';

/** Answers wait for others of their cohort no longer than this and the one that is being made. */
const SLICE_MS = 2;

/**
 * Does the same step of many requests one behind the other: what one turn of the event loop brings
 * in is all answered before the first answer is sent. So the code of each step stays in the
 * processor's caches, and a client that waits for several answers is woken once.
 * docs/decisions/cohorts.md has the figures.
 */
export class Cohorts<Request, Answer> {
  private readonly answer: (request: Request) => MaybePromise<Answer>;
  private readonly send: (request: Request, answer: Answer) => void;
  private readonly together: (work: () => void) => void;
  private asked: Request[] = [];
  private answered: (readonly [Request, Answer])[] = [];
  private isDue = false;

  /** What `answer` gives neither throws nor rejects; `together` runs the answering of several. */
  constructor(
    answer: (request: Request) => MaybePromise<Answer>,
    send: (request: Request, answer: Answer) => void,
    together: (work: () => void) => void,
  ) {
    this.answer = answer;
    this.send = send;
    this.together = together;
  }

  /** Answers a request and sends its answer, with whatever else this turn brings. */
  take(request: Request): void {
    this.asked.push(request);
    this.fallDue();
  }

  private fallDue(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(this.work);
  }

  private readonly work = (): void => {
    const { asked } = this;
    this.asked = [];
    this.isDue = false;
    if (asked.length > 1) this.together(() => this.answerAll(asked));
    else this.answerAll(asked);
    this.sendAll();
  };

  private answerAll(asked: readonly Request[]): void {
    let until = performance.now() + SLICE_MS;
    for (const request of asked) {
      const answer = this.answer(request);
      if (answer instanceof Promise) answer.then((later) => this.finish(request, later));
      else this.answered.push([request, answer]);
      if (performance.now() < until) continue;
      this.sendAll();
      until = performance.now() + SLICE_MS;
    }
  }

  private finish(request: Request, answer: Answer): void {
    this.answered.push([request, answer]);
    this.fallDue();
  }

  private sendAll(): void {
    const { answered } = this;
    this.answered = [];
    for (const [request, answer] of answered) this.send(request, answer);
  }
}
