import { type Node, parsePattern } from './pattern.ts';

/** The pattern in PostgreSQL's notation of regular expressions, which decides it the same way. */
export function translatePattern(pattern: string, flags: string): string {
  // `***:` makes the rest an advanced expression whatever it begins with.
  return `***:${translate(parsePattern(pattern, flags))}`;
}

function translate(node: Node): string {
  switch (node.kind) {
    case 'empty':
      return '(?:)';
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'class':
      return bracket(node);
    case 'sequence':
      return `(?:${node.nodes.map(translate).join('')})`;
    case 'choice':
      return `(?:${node.nodes.map(translate).join('|')})`;
    case 'repeat': {
      const max = node.max === Number.POSITIVE_INFINITY ? '' : node.max;
      return `(?:${translate(node.node)}){${node.min},${max}}`;
    }
  }
}

function bracket({ ranges, negated }: Node & { kind: 'class' }): string {
  if (ranges.length === 0) return negated ? `[${code(1)}-${code(0x10ffff)}]` : '(?!)';
  const members = ranges.map(([low, high]) =>
    low === high ? code(low) : `${code(low)}-${code(high)}`,
  );
  return `[${negated ? '^' : ''}${members.join('')}]`;
}

function code(point: number): string {
  return `\\U${point.toString(16).padStart(8, '0')}`;
}
