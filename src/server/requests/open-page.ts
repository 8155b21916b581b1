import type { EncodeOptions } from '#odata/encode-entity.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import { writePageToken } from '#odata/page-token.ts';
import { holderOf } from '#plan/caller.ts';
import type { PageMark } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import { headerOf } from '../service-request.ts';
import { encodingOf, jsonHeaders } from './answer.ts';
import type { Asked } from './asked.ts';
import { nextLink, pagedOf, pageScope } from './next-link.ts';
import { prepareList } from './prepare-list.ts';

/** A page that is asked for. */
export interface OpenPage {
  readonly plan: ListPlan;
  /** How it is written, where it is written as JSON; `annotated` where every type is shown. */
  notation(annotated: boolean): PageNotation;
}

/** What is written around the members of a page, whatever they are. */
export interface PageNotation {
  readonly encoding: EncodeOptions;
  readonly headers: Record<string, string>;
  linkTo(next: PageMark | undefined): string | undefined;
  /** The answer as this page has it: the count stands on the first one alone, as in Graph. */
  onPage<Page extends { readonly count: number | undefined }>(answer: Page): Page;
}

/** Binds a GET of a collection to the page that it asks for. Refuses what cannot be asked. */
export function openPage(
  asked: Asked,
  options: OptionsSyntax | undefined,
  pageSize: number | undefined,
): OpenPage {
  const { request, parts, caller, model, target } = asked;
  const paged = pagedOf(request);
  const scope = pageScope(holderOf(caller), paged);
  const { selection, query } = prepareList(asked, options, { pageSize, scope });
  const languages = headerOf(request, 'accept-language');
  return {
    plan: { model, target, selection, languages, query },
    notation(annotated) {
      const encoding = encodingOf(request, parts, annotated);
      const met = pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`];
      return {
        encoding,
        headers: jsonHeaders(encoding.format, ...met),
        linkTo: (next) => next && nextLink(paged, writePageToken(next, scope, parts.sign)),
        onPage: (answer) => (query.after === undefined ? answer : { ...answer, count: undefined }),
      };
    },
  };
}
