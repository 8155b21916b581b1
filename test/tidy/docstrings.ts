import {
  isArrowFunction,
  isClassDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isInterfaceDeclaration,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type Finding, lineOf, type Source } from './source.ts';

function isExported(node: Node): boolean {
  const { modifiers } = node as unknown as { modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) ?? false;
}

/** The name of what needs a docstring: functions and types; constants only where they are code. */
function nameOf(node: Node): string | undefined {
  if (
    isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isInterfaceDeclaration(node) ||
    isTypeAliasDeclaration(node)
  ) {
    return node.name?.getText() ?? 'default';
  }
  if (!isVariableStatement(node)) return undefined;
  const code = node.declarationList.declarations.find(
    ({ initializer }) =>
      initializer !== undefined &&
      (isArrowFunction(initializer) || isFunctionExpression(initializer)),
  );
  return code?.name.getText();
}

/** A type that a constant gives, `keyof typeof x` and the like: the constant says it all. */
function isDerived(node: Node, source: Source): boolean {
  return (
    isTypeAliasDeclaration(node) && /^(keyof )?\(?typeof\b/.test(node.type.getText(source.tree))
  );
}

/** What a docstring says, without its stars; empty where none stands right before the node. */
function docstringOf(node: Node, source: Source): string {
  const before = source.text.slice(node.pos, node.getStart(source.tree)).trimEnd();
  const start = before.lastIndexOf('/**');
  if (start < 0 || !before.endsWith('*/')) return '';
  const comment = before.slice(start + 3, -2);
  return comment.includes('*/') ? '' : comment.replaceAll(/^\s*\*/gm, '').trim();
}

/** Every exported function and type under `src/` has a docstring of more than its own name. */
export function checkDocstrings(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    if (!source.path.startsWith('src/') || source.path.endsWith('.test.ts')) continue;
    const documented = new Set<string>();
    source.tree.forEachChild((node) => {
      const name = isExported(node) ? nameOf(node) : undefined;
      if (name === undefined || documented.has(name) || isDerived(node, source)) return;
      documented.add(name);
      if (docstringOf(node, source).split(/\s+/).length >= 3) return;
      const line = lineOf(source, node.getStart(source.tree));
      findings.push({ path: source.path, line, message: `${name} has no docstring.` });
    });
  }
  return findings;
}
