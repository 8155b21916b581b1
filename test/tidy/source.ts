import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

/** A file of the tree: its path from the repository's root, with `/`, and its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A file with its syntax tree. */
export interface Source extends SourceText {
  readonly tree: SourceFile;
}

/** Something that the house does not want, and where. */
export interface Finding {
  readonly path: string;
  /** Counted from 1; 1 where the whole file is meant. */
  readonly line: number;
  readonly message: string;
}

const settings = { compilerOptions: { noLib: true, noResolve: true, types: [] } };

/** Parses the texts with TypeScript's own parser, without touching the disk. */
export function parseSources(texts: readonly SourceText[]): Source[] {
  const include = texts.map(({ path }) => path);
  const files: Record<string, string> = {
    '/tree/tsconfig.json': JSON.stringify({ ...settings, files: include }),
  };
  for (const { path, text } of texts) files[`/tree/${path}`] = text;
  const api = new API({ cwd: '/tree', fs: createVirtualFileSystem(files) });
  try {
    const snapshot = api.updateSnapshot({ openProjects: ['/tree/tsconfig.json'] });
    const program = snapshot.getProject('/tree/tsconfig.json')?.program;
    return texts.map(({ path, text }) => {
      const tree = program?.getSourceFile(`/tree/${path}`);
      if (tree === undefined) throw new Error(`TypeScript did not parse ${path}.`);
      return { path, text, tree };
    });
  } finally {
    api.close();
  }
}

/** Reads the TypeScript files under the given folders of the repository. */
export function readTree(root: string, folders: readonly string[]): SourceText[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Calls `visit` for the node and everything under it, outermost first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  node.forEachChild((child) => {
    walk(child, visit);
    return undefined;
  });
}

/** The line on which a position lies, counted from 1. */
export function lineOf(source: SourceText, position: number): number {
  let line = 1;
  for (let at = source.text.indexOf('\n'); at >= 0 && at < position; line += 1) {
    at = source.text.indexOf('\n', at + 1);
  }
  return line;
}

const literals = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
]);

/** The text with the insides of string, template and pattern literals blanked out. */
export function blankLiterals(source: Source): string {
  const parts: string[] = [];
  let from = 0;
  walk(source.tree, (node) => {
    if (!literals.has(node.kind)) return;
    const start = node.getStart(source.tree) + 1;
    const inside = source.text.slice(start, node.end - 1);
    parts.push(source.text.slice(from, start), inside.replaceAll(/[^\n]/g, ' '));
    from = node.end - 1;
  });
  return parts.join('') + source.text.slice(from);
}
