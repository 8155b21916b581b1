import { isExportAssignment, type Node, SyntaxKind } from 'typescript/unstable/ast';
import { type Finding, lineOf, type Source, type SourceText, walk } from './source.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/;
const vague = /^((.*-)?(utils?|helpers?)|common|shared|misc|index)$/;

/** File and folder names: kebab-case, and none that says nothing. */
export function checkNames(texts: readonly SourceText[]): Finding[] {
  return texts.flatMap(({ path }) => {
    const segments = path.split('/');
    const file = segments.at(-1) ?? '';
    const words = [...segments.slice(0, -1), file.replace(/(\.test)?\.ts$/, '')];
    const findings: Finding[] = [];
    if (!kebab.test(file)) findings.push({ path, line: 1, message: `${file} is not kebab-case.` });
    const empty = words.find((word) => vague.test(word));
    if (empty !== undefined) {
      findings.push({ path, line: 1, message: `"${empty}" does not say what the file is for.` });
    }
    return findings;
  });
}

function isDefault(node: Node): boolean {
  if (isExportAssignment(node)) return true;
  const { modifiers } = node as unknown as { modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.DefaultKeyword) ?? false;
}

/** Exports have names; none is the default. */
export function checkExports(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    walk(source.tree, (node) => {
      const isAlias =
        node.kind === SyntaxKind.ExportSpecifier && / as default$/.test(node.getText(source.tree));
      if (!isAlias && !isDefault(node)) return;
      const line = lineOf(source, node.getStart(source.tree));
      findings.push({ path: source.path, line, message: 'A default export: give it a name.' });
    });
  }
  return findings;
}
