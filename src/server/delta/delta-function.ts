import { readDelta } from '#engine/changes/delta.ts';
import { checkDirectoryQuery } from '#engine/queries/directory-queries.ts';
import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
import { encodeDelta } from '#odata/encode-delta.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import { segmentNotServed } from '#odata/paths/refuse-segment.ts';
import type { DeltaPlan } from '#plan/delta.ts';
import type { CallTarget, Target } from '#plan/target.ts';
import type { CallContext } from '../behaviour/call-operation.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import { bindQuery, bindShown, pageOf, parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import { graphContext } from '../requests/graph-context.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { keysIn } from './keys-in.ts';
import { linksOf, openRound, type Round, resync } from './round.ts';

/** The one relation that is told with every group, as Graph does. */
const ALWAYS = 'members';
/** What Graph keeps beside its directory: changes are told where fidelity is not Graph's. */
const beside: ReadonlySet<string> = new Set(['photo', 'profile']);
/** What Graph lets be expanded, which means the same as to select it. */
const expandable: ReadonlySet<string> = new Set(['members', 'manager', 'owners']);
const unserved = ['$orderby', '$search', '$skip', '$count', '$compute'] as const;

/**
 * Answers the function `delta` of a collection with a page of a round of changes (Graph's pages
 * "Use delta query" and "user: delta").
 */
export async function answerDelta(call: CallTarget, asked: CallContext): Promise<ServiceAnswer> {
  const { parts, caller } = asked;
  const target = targetOf(call);
  const round = openRound(asked.request, caller, parts);
  const plan = bindDelta(target, round, asked);
  const answer = await readDelta(plan, caller, parts);
  const isDirectory = target.steps.length === 0;
  const refused = isDirectory ? 'resyncRequired' : 'syncStateNotFound';
  if (!answer) throw resync(round.request, refused);
  const { request } = round;
  const encoding = encodingOf(request, parts, request.root === 'localtest');
  const met = plan.detail === 'changed' ? ['return=minimal'] : [];
  const { maxPageSize } = preferencesOf(request);
  if (maxPageSize !== undefined) met.push(`odata.maxpagesize=${maxPageSize}`);
  // The function gives a collection of the set; Graph says no more than that.
  const written = answer.context.replace(/\/\$delta$/, '');
  const isGraphs = parts.fidelity === 'graph';
  const select = isGraphs ? parseOptions(request)?.$select : undefined;
  const context = isGraphs ? graphContext(target, written, select) : written;
  const shown = { ...answer, context };
  const links = linksOf(round, answer, parts);
  const notation = { ...encoding, linkForm: plan.linkForm, protocol: encoding.format.version };
  return {
    status: 200,
    headers: jsonHeaders(encoding.format, ...met),
    body: encodeDelta(shown, notation, links),
  };
}

/** The collection whose changes are asked for. */
function targetOf({ binding, rest, operation }: CallTarget): Target {
  if (!binding || 'operation' in binding || rest) throw segmentNotServed(operation.name);
  return binding;
}

function bindDelta(
  target: Target,
  { request, from }: Round,
  { parts, model }: CallContext,
): DeltaPlan {
  const { fidelity, sign } = parts;
  const options = parseOptions(request);
  refuseUnserved(options, target);
  const { maxPageSize: pageSize, return: wanted } = preferencesOf(request);
  const bound = bindQuery({ model, target, options, pageSize, scope: '', sign });
  const { expand, ...selection } = bindShown(model, target, options);
  const expanded = expand.map(({ navigation }) => navigation);
  refuseExpansions(expanded);
  const plan = {
    model,
    target,
    query: bound,
    selection: { ...selection, expand: [] },
    languages: headerOf(request, 'accept-language'),
  };
  checkDirectoryQuery(plan, {
    fidelity,
    consistencyLevel: headerOf(request, 'consistencylevel'),
    hasCount: false,
  });
  const named = [...(selection.links ?? []), ...expanded].filter(
    ({ name }) => fidelity !== 'graph' || !beside.has(name),
  );
  const always = target.type.navigation.get(ALWAYS);
  const links = selection.properties || !always ? named : [...new Set([always, ...named])];
  // A link that is told is not a link to follow.
  const shown = { ...plan.selection, links: [] };
  return {
    ...plan,
    selection: shown,
    query: { ...pageOf({ ...bound, count: false }, 'graph'), top: undefined },
    round: from,
    operation: `GET ${target.template}/delta`,
    links,
    linkForm: 'annotated',
    keys: bound.filter && keysIn(bound.filter, target.type),
    detail: wanted === 'minimal' ? 'changed' : 'set',
  };
}

/** What Graph does not let a round of changes be narrowed or ordered by. */
function refuseUnserved(options: OptionsSyntax | undefined, { steps }: Target): void {
  const all = steps.length === 0 ? unserved : ([...unserved, '$filter'] as const);
  const name = all.find((each) => options?.[each] !== undefined);
  if (name === undefined) return;
  const message = `The query option '${name}' is not supported by delta queries.`;
  throw new Refusal('badRequest', message, { target: name });
}

function refuseExpansions(expanded: readonly Navigation[]): void {
  const refused = expanded.find(({ name }) => !expandable.has(name));
  if (!refused) return;
  const message = `'${refused.name}' cannot be expanded in a delta query; select it.`;
  throw new Refusal('badRequest', message, { target: refused.name });
}
