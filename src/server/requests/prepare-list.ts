import { checkDirectoryQuery } from '#engine/queries/directory-queries.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import type { ListPlan } from '#plan/request.ts';
import { headerOf } from '../service-request.ts';
import type { Asked } from './asked.ts';
import { bindQuery, bindShown, pageOf } from './bind-request.ts';

/** What a request asks of its collection, checked. */
type Prepared = Pick<ListPlan, 'selection' | 'query'>;

/** What else it follows from, beside the options. */
interface Circumstances {
  readonly parts: Asked['parts'];
  readonly target: Asked['target'];
  readonly pageSize: number | undefined;
  readonly consistencyLevel: string | undefined;
  /** For whom a page is continued; undefined of a first page, which means the same to everybody. */
  readonly continued: string | undefined;
}

/** By the options as they were parsed: requests of one text share them, and so what they mean. */
const known = new WeakMap<OptionsSyntax, Circumstances & Prepared>();

/**
 * Binds and checks the options of a GET of a collection; refuses what cannot be asked. What is
 * asked again of the same collection is bound once, and so has the same query, of which the store
 * remembers how it reads it; a page that is continued is so for one holder of its token.
 */
export function prepareList(
  asked: Asked,
  options: OptionsSyntax | undefined,
  { pageSize, scope }: { readonly pageSize: number | undefined; readonly scope: string },
): Prepared {
  const { request, parts, target } = asked;
  const consistencyLevel = headerOf(request, 'consistencylevel');
  const continued = options?.$skiptoken === undefined ? undefined : scope;
  const now = { parts, target, pageSize, consistencyLevel, continued };
  const before = options && known.get(options);
  if (before && isSame(before, now)) return before;
  const made = prepare(asked, options, { ...now, scope });
  if (options) known.set(options, { ...now, ...made });
  return made;
}

function isSame(one: Circumstances, other: Circumstances): boolean {
  return (
    one.parts === other.parts &&
    one.target === other.target &&
    one.pageSize === other.pageSize &&
    one.consistencyLevel === other.consistencyLevel &&
    one.continued === other.continued
  );
}

function prepare(
  { request, model }: Asked,
  options: OptionsSyntax | undefined,
  { parts, target, pageSize, consistencyLevel, scope }: Circumstances & { readonly scope: string },
): Prepared {
  const { fidelity, sign } = parts;
  const query = bindQuery({ model, target, options, pageSize, scope, sign });
  const plan: ListPlan = {
    model,
    target,
    selection: bindShown(model, target, options, pageSize),
    languages: headerOf(request, 'accept-language'),
    query: target.ending.kind === 'count' ? { ...query, count: true, pageSize: 0 } : query,
  };
  const hasCount = options?.$count ?? false;
  const checked = checkDirectoryQuery(plan, { fidelity, consistencyLevel, hasCount });
  return { selection: plan.selection, query: pageOf(checked, fidelity) };
}
