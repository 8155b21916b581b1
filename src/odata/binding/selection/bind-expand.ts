import type { EntityType, Navigation, StructuredType } from '#model/model.ts';
import type { CollectionQuery, Expansion } from '#plan/query.ts';
import type {
  ExpandItemSyntax,
  ExpandSyntax,
  OptionsSyntax,
} from '../../language/options/syntax.ts';
import { bindCollectionQuery, refuseUnserved } from '../bind-collection-query.ts';
import { expandDepthMax, levelsMax } from '../limits.ts';
import { areRelated } from '../paths/check-cast.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { type ExpandPath, followExpandPath } from './expand-path.ts';
import { expandStar } from './expand-star.ts';
import { findForCollection, refuseForSingle } from './for-collections.ts';
import { type BindLevel, enter, type Level } from './level.ts';
import { defaultSelection, wholeCollection } from './nothing-asked.ts';

/**
 * The navigations that `$expand` shows inline (OData URL Conventions 4.01, section 5.1.3), those
 * that `*` stands for behind those that are named.
 */
export function bindExpand(
  level: Level,
  type: StructuredType,
  syntax: ExpandSyntax,
  bindLevel: BindLevel,
): readonly Expansion[] {
  const { option = '$expand' } = level;
  const first = syntax[0];
  if (first && level.depth >= expandDepthMax) {
    const message = `At most ${expandDepthMax} levels of $expand are served.`;
    throw refusalAt({ option, at: first.at }, message);
  }
  const named = new Map<string, Expansion>();
  const navigations = new Set<string>();
  for (const item of syntax) {
    if (item.ending === 'all') continue;
    const place = { option, at: item.at };
    if (item.ending === 'value') throw notServedAt(place, 'Media are not expanded.');
    const path = followExpandPath(level, type, item.steps, place);
    if (named.has(path.text)) {
      const message = `'${path.text}' is expanded more than once.`;
      throw refusalAt(place, message, { target: path.text });
    }
    navigations.add(path.navigationText);
    named.set(path.text, bindItem(level, { path, item, place }, bindLevel));
  }
  const stars = syntax.filter(({ ending }) => ending === 'all');
  const [star, second] = stars;
  if (second) throw refusalAt({ option, at: second.at }, "'*' is expanded more than once.");
  return [...named.values(), ...(star ? expandStar(level, type, star, navigations) : [])];
}

interface Item {
  readonly path: ExpandPath;
  readonly item: ExpandItemSyntax;
  readonly place: Place;
}

function bindItem(level: Level, { path, item, place }: Item, bindLevel: BindLevel): Expansion {
  const { navigation, type, steps, owner } = path;
  const { suffix, options } = item;
  if (suffix === 'count' && !navigation.collection) {
    throw refusalAt(place, `'${navigation.name}' is no collection to count.`, {
      target: navigation.name,
    });
  }
  if (options) refuseUnserved(options, place);
  const nested = enter(level, '$expand', options, level.depth + 1);
  const kind = suffix === 'ref' ? 'references' : (suffix ?? 'entities');
  return {
    path: steps,
    navigation,
    type,
    kind,
    selection: options && kind === 'entities' ? bindLevel(nested, type, options) : defaultSelection,
    query: bindMembers(nested, { path, item, place }),
    levels: bindLevels(item, { owner, navigation, type, place }),
    written: writeOptions(options),
  };
}

/** The options as a URL writes them; aliases and `$it` of the request around are unknown there. */
function writeOptions(options: OptionsSyntax | undefined): readonly string[] | undefined {
  const { written = [] } = options ?? {};
  if (written.some((each) => /@|\$it\b/.test(each))) return undefined;
  return written
    .filter((each) => !/^\$?levels=/i.test(each))
    .map((each) => {
      const end = each.indexOf('=') + 1;
      return each.slice(0, end) + encodeURIComponent(each.slice(end));
    });
}

function bindMembers(level: Level, { path, item, place }: Item): CollectionQuery {
  const { navigation, type } = path;
  const { options } = item;
  const name = options && findForCollection(options);
  if (name && !navigation.collection) throw refuseForSingle(place, navigation.name, name);
  if (!options) return wholeCollection(level.pageSize);
  const { model, aliases, pageSize, root: outer } = level;
  return bindCollectionQuery({
    ...{ model, aliases, options, type, pageSize, nestedIn: place, outer },
  });
}

/**
 * `$levels` follows a navigation again from what it leads to; one that does not lead back to its
 * own type ends at the first level (OData URL Conventions 4.01, section 5.1.4.1).
 */
function bindLevels(
  { options }: ExpandItemSyntax,
  of: { owner: StructuredType; navigation: Navigation; type: EntityType; place: Place },
): number | 'max' {
  const levels = options?.$levels ?? 1;
  const { owner, navigation, type, place } = of;
  if (levels !== 'max' && levels > levelsMax) {
    const target = navigation.name;
    throw refusalAt(place, `At most ${levelsMax} are served as $levels.`, { target });
  }
  return areRelated(type, owner) ? levels : 1;
}
