import type { Node } from './pattern.ts';

type State =
  | {
      readonly kind: 'class';
      readonly ranges: readonly (readonly [number, number])[];
      readonly negated: boolean;
      next: number;
    }
  | { readonly kind: 'start' | 'end'; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'match' };

/** Decides whether a text matches a pattern anywhere, in time linear in the text. */
export class Automaton {
  private readonly states: State[] = [{ kind: 'match' }];
  private readonly first: number;

  constructor(pattern: Node) {
    this.first = this.build(pattern, 0);
  }

  matches(text: string): boolean {
    let current = new Set<number>();
    const characters = [...text];
    for (let at = 0; at <= characters.length; at++) {
      const here = { isStart: at === 0, isEnd: at === characters.length };
      if (this.reach(this.first, current, here)) return true;
      if (here.isEnd) return false;
      const code = characters[at]!.codePointAt(0)!;
      const following = { isStart: false, isEnd: at + 1 === characters.length };
      const next = new Set<number>();
      for (const index of current) {
        const state = this.states[index]!;
        if (state.kind !== 'class' || !holds(state, code)) continue;
        if (this.reach(state.next, next, following)) return true;
      }
      current = next;
    }
    return false;
  }

  /** Adds the states that are reached without a character; true where the match is among them. */
  private reach(
    from: number,
    into: Set<number>,
    here: { readonly isStart: boolean; readonly isEnd: boolean },
  ): boolean {
    const open = [from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const state = this.states[index]!;
      if (state.kind === 'match') return true;
      if (state.kind === 'split') open.push(state.next, state.other);
      if (state.kind === 'start' && here.isStart) open.push(state.next);
      if (state.kind === 'end' && here.isEnd) open.push(state.next);
    }
    return false;
  }

  /** Makes the states of a node in front of those that follow it; gives the first. */
  private build(node: Node, next: number): number {
    switch (node.kind) {
      case 'empty':
        return next;
      case 'start':
      case 'end':
        return this.push({ kind: node.kind, next });
      case 'class':
        return this.push({ kind: 'class', ranges: node.ranges, negated: node.negated, next });
      case 'sequence':
        return node.nodes.reduceRight((follower, each) => this.build(each, follower), next);
      case 'choice':
        return node.nodes
          .map((each) => this.build(each, next))
          .reduce((other, first) => this.push({ kind: 'split', next: first, other }));
      case 'repeat':
        return this.repeat(node, next);
    }
  }

  private repeat(node: Node & { kind: 'repeat' }, next: number): number {
    let first = next;
    if (node.max === Number.POSITIVE_INFINITY) {
      first = this.push({ kind: 'split', next, other: next });
      const loop = this.states[first] as { other: number };
      loop.other = this.build(node.node, first);
    } else {
      for (let copy = node.min; copy < node.max; copy++) {
        first = this.push({ kind: 'split', next, other: this.build(node.node, first) });
      }
    }
    for (let copy = 0; copy < node.min; copy++) first = this.build(node.node, first);
    return first;
  }

  private push(state: State): number {
    return this.states.push(state) - 1;
  }
}

function holds(state: State & { kind: 'class' }, code: number): boolean {
  const isInside = state.ranges.some(([low, high]) => code >= low && code <= high);
  return isInside !== state.negated;
}
