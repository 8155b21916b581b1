import type { StructuredType } from '#model/model.ts';
import type { PathStep } from '#plan/expression.ts';
import type { Expansion } from '#plan/query.ts';
import type { ExpandItemSyntax } from '../../language/options/syntax.ts';
import { expandDepthMax, starMax } from '../limits.ts';
import { type Place, refusalAt } from '../refuse-at.ts';
import { followSteps } from './expand-path.ts';
import type { Level } from './level.ts';
import { defaultSelection, wholeCollection } from './nothing-asked.ts';

/** How much one `*` may still stand for. */
interface Budget {
  left: number;
  readonly place: Place;
}

/**
 * All navigations of a type, but those that the same `$expand` names (OData URL Conventions 4.01,
 * section 5.1.3). With `$levels` it stands for those of what they lead to as well.
 */
export function expandStar(
  level: Level,
  type: StructuredType,
  item: ExpandItemSyntax,
  named: ReadonlySet<string>,
): readonly Expansion[] {
  const place = { option: level.option ?? '$expand', at: item.at };
  const way = followSteps(level, type, item.steps, place);
  const prefix = way.names.map((name) => `${name}/`).join('');
  const levels = item.options?.$levels ?? 1;
  const depth = levels === 'max' ? expandDepthMax - level.depth : levels;
  const star = {
    kind: item.suffix === 'ref' ? 'references' : 'entities',
    path: way.steps,
  } as const;
  return expandAll(way.type, { ...star, depth }, { left: starMax, place }, level).filter(
    ({ navigation }) => !named.has(prefix + navigation.name),
  );
}

interface Star {
  readonly kind: Expansion['kind'];
  readonly path: readonly PathStep[];
  readonly depth: number;
}

function expandAll(
  type: StructuredType,
  star: Star,
  budget: Budget,
  level: Level,
): readonly Expansion[] {
  return [...type.navigation.values()].map((navigation) => {
    budget.left -= 1;
    if (budget.left < 0) {
      throw refusalAt(budget.place, `'*' stands for at most ${starMax} navigations.`);
    }
    const inside = { ...star, path: [], depth: star.depth - 1 };
    const expand = inside.depth > 0 ? expandAll(navigation.target, inside, budget, level) : [];
    return {
      path: star.path,
      navigation,
      type: navigation.target,
      kind: star.kind,
      selection: { ...defaultSelection, expand },
      query: wholeCollection(level.pageSize),
      levels: 1,
    };
  });
}
