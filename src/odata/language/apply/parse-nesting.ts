import type { Cursor } from '../cursor.ts';
import { parseAnnotation, parsePlainName } from '../expressions/parse-plain-path.ts';
import type { AnnotationStep, NameStep } from '../expressions/syntax.ts';
import { expectAlias } from './parse-aggregate.ts';
import type { NestedApplySyntax, PlainPathSyntax, TransformationSyntax } from './syntax.ts';

/** Names and annotations separated by `/` (OData Aggregation ABNF, nestPath, joinProperty). */
function parsePath(cursor: Cursor): PlainPathSyntax {
  const at = cursor.position;
  const steps: (NameStep | AnnotationStep)[] = [];
  do steps.push(cursor.code === 64 ? parseAnnotation(cursor) : parsePlainName(cursor));
  while (cursor.eat(47));
  return { at, steps };
}

/** `applyExpr as alias`, once or more (OData Aggregation ABNF, nestApplyExpr). */
function parseBranches(cursor: Cursor): readonly NestedApplySyntax[] {
  const branches: NestedApplySyntax[] = [];
  do {
    const apply = cursor.rules.apply(cursor);
    branches.push({ apply, alias: expectAlias(cursor) });
  } while (cursor.eatComma());
  return branches;
}

/** `nest` (OData Aggregation ABNF, nestTrafo). */
export function parseNest(cursor: Cursor, at: number): TransformationSyntax {
  return { kind: 'nest', at, branches: parseBranches(cursor) };
}

/** `addnested` (OData Aggregation ABNF, nestTrafo). */
export function parseAddnested(cursor: Cursor, at: number): TransformationSyntax {
  const path = parsePath(cursor);
  if (!cursor.eatComma()) {
    cursor.skipSpace();
    cursor.refuse("',' and a transformation");
  }
  return { kind: 'addnested', at, path, branches: parseBranches(cursor) };
}

/** `join` and `outerjoin` (OData Aggregation ABNF, joinTrafo, outerjoinTrafo). */
export function parseJoin(
  cursor: Cursor,
  at: number,
  kind: 'join' | 'outerjoin',
): TransformationSyntax {
  const path = parsePath(cursor);
  const alias = expectAlias(cursor);
  const apply = cursor.eatComma() ? cursor.rules.apply(cursor) : undefined;
  return { kind, at, path, alias, apply };
}
