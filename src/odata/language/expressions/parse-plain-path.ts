import type { Cursor } from '../cursor.ts';
import { isNameStart } from '../names.ts';
import type { AnnotationStep, NameStep, PathSyntax } from './syntax.ts';

/** `@Namespace.Term#qualifier` (OData ABNF 4.01, annotationInQuery). */
export function parseAnnotation(cursor: Cursor): AnnotationStep {
  cursor.countNode();
  const at = cursor.position;
  cursor.expect(64);
  const term = cursor.qualifiedName('the name of an alias or an annotation');
  const qualifier = cursor.eat(35) ? cursor.identifier('a qualifier') : undefined;
  return { kind: 'annotation', at, term, qualifier };
}

/** A name, perhaps qualified, without parentheses. */
export function parsePlainName(cursor: Cursor, what?: string): NameStep {
  cursor.countNode();
  const at = cursor.position;
  return { kind: 'name', at, name: cursor.qualifiedName(what), parentheses: undefined };
}

/**
 * Names separated by `/`, without keys and annotations; the last is no cast (OData Aggregation
 * ABNF, groupingProperty, recHierPropertyPath).
 */
export function parsePlainPath(cursor: Cursor): PathSyntax {
  const at = cursor.position;
  const steps = [parsePlainName(cursor, 'a property')];
  while (cursor.code === 47 && isNameStart(cursor.text.charCodeAt(cursor.position + 1))) {
    cursor.position++;
    steps.push(parsePlainName(cursor, 'a property'));
  }
  if (steps.at(-1)!.name.includes('.')) cursor.refuse("'/' and a property behind a type");
  return { kind: 'path', at, start: 'here', alias: undefined, steps };
}
