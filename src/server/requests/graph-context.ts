import type { SelectSyntax } from '#odata/language/options/syntax.ts';
import type { Answer } from '#plan/answer.ts';
import type { Target } from '#plan/target.ts';

const OBJECT = 'microsoft.graph.directoryObject';
const OBJECTS = 'directoryObjects';
/** Directory objects of a type, as OData's context URLs have them, and the set that Graph says. */
const CAST = /^directoryObjects\/microsoft\.graph\.(\w+)/;
/** The one kind of extension that people write themselves. */
const EXTENSION = '/microsoft.graph.openTypeExtension';
const ONE = /^\w+(?=(?:\(.*\))?\/\$entity$)/;
/** Teams are shown as the set that they are of, whoever has joined them. */
const JOINED = /^users\('[^']*'\)\/joinedTeams/;
const OWN_PHOTO = /^users\('[^']*'\)(?=\/photo\/\$entity$)/;

/** A list of plain names, as a context URL has what is selected. */
const CHOSEN = /\(([^()']+)\)/;

/**
 * The fragment of a context URL as live Graph spells it: an object behind a relation is of
 * `directoryObjects`, a collection cast to a type is that type's set, one's own photo is of `Me`,
 * and what is selected stands in the order in which it is asked for.
 */
export function graphContext(target: Target, written: string, select?: SelectSyntax): string {
  const { type, resource, collection } = target;
  const context = inAskedOrder(written.replace(EXTENSION, ''), select);
  if (collection) {
    return context.replace(CAST, (_, name: string) => `${name}s`).replace(JOINED, 'teams');
  }
  if (type.name === OBJECT) return context.replace(CAST, OBJECTS).replace(ONE, OBJECTS);
  return resource.isCaller ? context.replace(OWN_PHOTO, 'Me') : context;
}

function inAskedOrder(context: string, select: SelectSyntax = []): string {
  const asked = select.map((item) => {
    const [step] = item.kind === 'path' ? item.steps : [];
    return step && 'name' in step ? step.name.toLowerCase() : '';
  });
  if (asked.length < 2) return context;
  return context.replace(CHOSEN, (whole, list: string) => {
    const names = list.split(',');
    const places = new Map(names.map((name) => [name, asked.indexOf(name.toLowerCase())]));
    if ([...places.values()].includes(-1)) return whole;
    return `(${names.sort((one, other) => places.get(one)! - places.get(other)!).join(',')})`;
  });
}

/** The answer with the context that live Graph gives it; what else it says is worked out as before. */
export function inGraphContext<Shown extends Pick<Answer, 'context'>>(
  target: Target,
  answer: Shown,
  select?: SelectSyntax,
): Shown {
  const context = graphContext(target, answer.context, select);
  return context === answer.context
    ? answer
    : Object.create(answer, { context: { value: context } });
}
