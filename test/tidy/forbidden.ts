import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { blankLiterals, type Finding, lineOf, type Source, walk } from './source.ts';

interface Right {
  readonly what: string;
  readonly where: RegExp;
  readonly matches: (node: Node) => boolean;
}

function isMember(node: Node, object: string, name: string): boolean {
  if (!isPropertyAccessExpression(node) || node.name.text !== name) return false;
  return node.expression.getText() === object;
}

/** What only certain files may do: ask for the time, make ids, read variables, end the program. */
const rights: readonly Right[] = [
  {
    what: 'Date.now',
    where: /^src\/clock\.ts$/,
    matches: (node) => isMember(node, 'Date', 'now'),
  },
  {
    what: 'new Date() without a time',
    where: /^src\/clock\.ts$/,
    matches: (node) =>
      (isNewExpression(node) &&
        node.expression.getText() === 'Date' &&
        (node.arguments?.length ?? 0) === 0) ||
      (isCallExpression(node) && node.expression.getText() === 'Date'),
  },
  {
    what: 'randomUUID',
    where: /^src\/ids\.ts$/,
    matches: (node) => isIdentifier(node) && node.text === 'randomUUID',
  },
  {
    what: 'process.env',
    where: /^src\/server\/(config\/[a-z-]+|main|start)(\.test)?\.ts$/,
    matches: (node) => isMember(node, 'process', 'env'),
  },
  {
    what: 'process.exit',
    where: /^src\/server\/main\.ts$/,
    matches: (node) => isMember(node, 'process', 'exit'),
  },
];

/** Time, ids, the environment and the end of the program belong to a few files of `src/`. */
export function checkRights(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    if (!source.path.startsWith('src/')) continue;
    walk(source.tree, (node) => {
      for (const right of rights) {
        if (right.where.test(source.path) || !right.matches(node)) continue;
        const line = lineOf(source, node.getStart(source.tree));
        findings.push({ path: source.path, line, message: `${right.what} has no place here.` });
      }
    });
  }
  return findings;
}

const marks: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME|XXX)\b/, 'A to-do does not exist: do it, or open an issue.'],
  [/@ts-(ignore|nocheck)\b/, '@ts-ignore hides every error: narrow the type.'],
  [/@ts-expect-error\s*$/, '@ts-expect-error says no reason.'],
];

/** Comments that put something off or silence the compiler. */
export function checkMarks(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) =>
    blankLiterals(source)
      .split('\n')
      .flatMap((line, index) =>
        marks
          .filter(([pattern]) => pattern.test(line))
          .map(([, message]) => ({ path: source.path, line: index + 1, message })),
      ),
  );
}

function complainOfTest(node: Node): string | undefined {
  if (isPropertyAssignment(node) && node.initializer.kind === SyntaxKind.TrueKeyword) {
    const name = node.name.getText();
    if (name === 'only') return 'only: true leaves the other tests out.';
    if (name === 'skip' || name === 'todo') return `${name}: true gives no reason; write it there.`;
  }
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return undefined;
  const name = node.expression.name.text;
  const subject = node.expression.expression.getText();
  if (!/^(test|it|describe|suite|t|context)$/.test(subject)) return undefined;
  if (name === 'only') return `${subject}.only leaves the other tests out.`;
  if (name !== 'skip' && name !== 'todo') return undefined;
  const [reason, body] = node.arguments;
  const isReasoned = reason !== undefined && body === undefined && isStringLiteral(reason);
  return isReasoned ? undefined : `${subject}.${name} gives no reason: use { ${name}: 'why' }.`;
}

/** Tests that are left out: none alone, none skipped without a reason. */
export function checkTests(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    if (!source.path.endsWith('.test.ts')) continue;
    walk(source.tree, (node) => {
      const message = complainOfTest(node);
      const line = message === undefined ? 0 : lineOf(source, node.getStart(source.tree));
      if (message !== undefined) findings.push({ path: source.path, line, message });
    });
  }
  return findings;
}
