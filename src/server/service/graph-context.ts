import type { Answer } from '#plan/answer.ts';
import type { Target } from '#plan/target.ts';

const OBJECT = 'microsoft.graph.directoryObject';
const OBJECTS = 'directoryObjects';
/** Directory objects of a type, as OData's context URLs have them, and the set that Graph says. */
const CAST = /^directoryObjects\/microsoft\.graph\.(\w+)/;
/** The one kind of extension that people write themselves. */
const EXTENSION = '/microsoft.graph.openTypeExtension';
const ONE = /^\w+(?=(?:\(.*\))?\/\$entity$)/;
const OWN_PHOTO = /^users\('[^']*'\)(?=\/photo\/\$entity$)/;

/**
 * The fragment of a context URL as live Graph spells it: an object behind a relation is of
 * `directoryObjects`, a collection cast to a type is that type's set, one's own photo is of `Me`.
 */
export function graphContext(target: Target, written: string): string {
  const { type, resource, collection } = target;
  const context = written.replace(EXTENSION, '');
  if (collection) return context.replace(CAST, (_, name: string) => `${name}s`);
  if (type.name === OBJECT) return context.replace(CAST, OBJECTS).replace(ONE, OBJECTS);
  return resource.isCaller ? context.replace(OWN_PHOTO, 'Me') : context;
}

/** The answer with the context that live Graph gives it; what else it says is worked out as before. */
export function inGraphContext<Shown extends Pick<Answer, 'context'>>(
  target: Target,
  answer: Shown,
): Shown {
  const context = graphContext(target, answer.context);
  return context === answer.context
    ? answer
    : Object.create(answer, { context: { value: context } });
}
