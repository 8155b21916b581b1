import { posix } from 'node:path';
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isNewExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { lineOf, type Source, walk } from './source.ts';

/** One import, re-export, dynamic import or `new URL('./x.ts', import.meta.url)` of a file. */
export interface Import {
  readonly path: string;
  readonly line: number;
  readonly specifier: string;
  /** The file it names, from the repository's root; absent for packages and Node's own. */
  readonly target?: string;
  /** The file is not imported but started, as a worker or a process, by its address. */
  readonly isStarted: boolean;
}

function specifierOf(node: Node): Node | undefined {
  if (isImportDeclaration(node) || isExportDeclaration(node)) return node.moduleSpecifier;
  if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
    return node.arguments[0];
  }
  if (isNewExpression(node) && node.expression.getText() === 'URL') {
    const [name, base] = node.arguments ?? [];
    return base?.getText() === 'import.meta.url' ? name : undefined;
  }
  return undefined;
}

function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier);
}

/** Every import of a file, `import type` included, in the order written. */
export function listImports(source: Source): Import[] {
  const imports: Import[] = [];
  walk(source.tree, (node) => {
    const name = specifierOf(node);
    if (name === undefined || !isStringLiteral(name)) return;
    if (isNewExpression(node) && !name.text.endsWith('.ts')) return;
    const target = resolve(source.path, name.text);
    imports.push({
      path: source.path,
      line: lineOf(source, name.getStart(source.tree)),
      specifier: name.text,
      isStarted: isNewExpression(node),
      ...(target === undefined ? {} : { target }),
    });
  });
  return imports;
}

/** The files of ours that each file imports, and those that it starts if they are wanted. */
export function buildGraph(
  sources: readonly Source[],
  wanted: 'imports' | 'imports and starts',
): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const source of sources) {
    const targets = listImports(source)
      .filter(({ isStarted }) => wanted === 'imports and starts' || !isStarted)
      .flatMap(({ target }) => target ?? []);
    graph.set(source.path, [...new Set(targets)]);
  }
  return graph;
}
