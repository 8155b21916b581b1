import {
  isArrowFunction,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isSetAccessorDeclaration,
  type Node,
} from 'typescript/unstable/ast';
import { type Finding, lineOf, type Source, walk } from './source.ts';

const fileLinesMax = 400;
const functionLinesMax = 70;
const columnsMax = 100;
const parametersMax = 4;

/** Declarations of the model are flat tables, which may be long. */
function isTable(path: string): boolean {
  return path.startsWith('src/model/') && path.split('/').length > 3;
}

/** No file is longer than 400 lines, but for the model's declarations. */
export function checkFileLength(sources: readonly Source[]): Finding[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    if (lines <= fileLinesMax || isTable(path)) return [];
    return [{ path, line: 1, message: `${lines} lines; ${fileLinesMax} are the most.` }];
  });
}

/** No line is wider than 100 columns, but for one long string, address or pattern. */
export function checkColumns(sources: readonly Source[]): Finding[] {
  return sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const width = [...line].length;
      const isOneLiteral = /^\s*[\w'"]*:?\s*(['"`/]).*\1[dgimsuvy]*[,;)]*$/.test(line);
      if (width <= columnsMax || isOneLiteral || /https?:\/\/\S+/.test(line)) return [];
      return [{ path, line: index + 1, message: `${width} columns; ${columnsMax} are the most.` }];
    }),
  );
}

function isFunction(node: Node): boolean {
  return (
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node)
  );
}

/** A suite only holds its tests together: its length is the file's, not a function's. */
function isSuiteBody(node: Node): boolean {
  const call = node.parent;
  return isCallExpression(call) && /^(describe|suite)$/.test(call.expression.getText());
}

/** No function is longer than 70 lines, signature included, or takes more than 4 parameters. */
export function checkFunctions(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    walk(source.tree, (node) => {
      if (!isFunction(node) || isSuiteBody(node)) return;
      const line = lineOf(source, node.getStart(source.tree));
      const lines = lineOf(source, node.end) - line + 1;
      const { parameters } = node as unknown as { parameters: readonly Node[] };
      if (lines > functionLinesMax) {
        const message = `A function of ${lines} lines; ${functionLinesMax} are the most.`;
        findings.push({ path: source.path, line, message });
      }
      if (parameters.length > parametersMax) {
        const message = `${parameters.length} parameters: make them one options object.`;
        findings.push({ path: source.path, line, message });
      }
    });
  }
  return findings;
}
