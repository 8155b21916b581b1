import type { Annotations, AnnotationValue } from '#model/schema-annotations.ts';

/** One annotation with the annotations that say something of it. */
export interface NestedAnnotation {
  readonly term: string;
  readonly qualifier: string | undefined;
  readonly value: AnnotationValue;
  readonly annotations: Annotations;
}

/**
 * Annotations with those of annotations inside them: `a.B@c.D` belongs to `a.B`. The keys have no
 * `@` in front.
 */
export function nestAnnotations(annotations: Annotations): NestedAnnotation[] {
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (key.includes('@')) return [];
    const [term = '', qualifier] = key.split('#');
    return [{ term, qualifier, value, annotations: pickAnnotations(annotations, key) }];
  });
}

/** The annotations of one member: those whose name begins with the member's and `@`. */
export function pickAnnotations(
  from: Readonly<Record<string, AnnotationValue>>,
  member: string,
): Annotations {
  const prefix = `${member}@`;
  const own = Object.entries(from).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}
