import { readDelta } from '#engine/changes/delta.ts';
import { isDeltaToken } from '#odata/delta-token.ts';
import { encodeDelta } from '#odata/encode-delta.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import type { Preferences } from '#odata/parse-preferences.ts';
import type { DeltaPlan, LinkForm } from '#plan/delta.ts';
import type { Target } from '#plan/target.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { bindQuery, bindShown, parseOptions } from '../requests/bind-request.ts';
import { answerVersion, formatOf, preferencesOf } from '../requests/format.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { linksOf, openRound, type Round, resync } from './round.ts';

/** Options of which no changes are told: they pick members by their place among all. */
const placing = ['$top', '$skip', '$orderby'] as const;

/**
 * Whether a request for a collection is one of a round of changes (OData Protocol 4.01, section
 * 11.3): it says so by the token that it carries, or by a preference that can be met.
 */
export function isTracked(
  { collection, ending, steps }: Target,
  options: OptionsSyntax | undefined,
  { trackChanges }: Preferences,
): boolean {
  if (options?.$deltatoken !== undefined) return true;
  if (options?.$skiptoken !== undefined) return isDeltaToken(options.$skiptoken);
  if (!trackChanges || !collection || ending.kind !== 'entities') return false;
  const last = steps.findLast(({ kind }) => kind === 'navigation');
  const isOwn = last?.kind !== 'navigation' || last.navigation.contains;
  const isNarrowed = steps.some(({ kind }) => kind === 'filter');
  return isOwn && !isNarrowed && placing.every((name) => options?.[name] === undefined);
}

/** Answers a GET of a collection with a page of a round of changes. */
export async function answerTracked(asked: Asked): Promise<ServiceAnswer> {
  const { parts, caller } = asked;
  const round = openRound(asked.request, caller, parts);
  const { request } = round;
  const plan = bindTracked(round, asked);
  const answer = await readDelta(plan, caller, parts);
  if (!answer) throw resync(request);
  const encoding = encodingOf(request, parts, false);
  const { maxPageSize, trackChanges } = preferencesOf(request);
  const met: string[] = [];
  if (trackChanges) met.push('odata.track-changes');
  if (maxPageSize !== undefined) met.push(`odata.maxpagesize=${maxPageSize}`);
  const protocol = answerVersion(request.headers, parts.fidelity);
  const notation = { ...encoding, linkForm: plan.linkForm, protocol };
  return {
    status: 200,
    headers: jsonHeaders(encoding.format, ...met),
    body: encodeDelta(answer, notation, linksOf(round, answer, parts)),
  };
}

function bindTracked({ request, from }: Round, { parts, model, target }: Asked): DeltaPlan {
  const options = parseOptions(request);
  const { maxPageSize: pageSize } = preferencesOf(request);
  const selection = bindShown(model, target, options);
  const linkForm: LinkForm = formatOf(request).version === '4.01' ? 'inline' : 'apart';
  return {
    model,
    target,
    selection,
    query: bindQuery({ model, target, options, pageSize, scope: '', sign: parts.sign }),
    languages: headerOf(request, 'accept-language'),
    round: from,
    operation: undefined,
    links: selection.expand.map(({ navigation }) => navigation),
    linkForm,
    keys: undefined,
    detail: 'whole',
  };
}
