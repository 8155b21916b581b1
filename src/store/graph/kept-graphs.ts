import type { ConnectionGraph } from '#plan/connection-graph.ts';
import type { ChangeLog } from '../change-log.ts';
import type { SetLayout } from '../layout.ts';
import { type GraphChange, PEOPLE } from './connection-writes.ts';
import { KeptGraph } from './kept-graph.ts';
import type { GraphSource } from './load-adjacency.ts';

/** What the graphs of all tenants are read from. */
interface GraphsSource extends Pick<GraphSource, 'database' | 'dialect'> {
  readonly layouts: ReadonlyMap<string, SetLayout>;
}

/** In a model without people nobody is connected. */
const nobody: ConnectionGraph = {
  degrees: (viewer, viewees) =>
    viewees.map((each) => (each === viewer ? 'SELF' : 'OUT_OF_NETWORK')),
  count: () => 0,
  neighbours: () => [],
  kept: async () => [],
  shared: () => ({ owners: [], count: 0 }),
};

/** The graph of each tenant, for as long as the store is open. */
export class KeptGraphs {
  private readonly source: GraphsSource;
  private readonly log: ChangeLog;
  private readonly graphs = new Map<number, KeptGraph>();

  constructor(source: GraphsSource, log: ChangeLog) {
    this.source = source;
    this.log = log;
  }

  /** The graph of a tenant, which is read when it is first asked something. */
  of(tenant: number): ConnectionGraph {
    const known = this.graphs.get(tenant);
    if (known) return known;
    const { database, dialect, layouts } = this.source;
    const people = layouts.get(PEOPLE)?.table;
    if (people === undefined) return nobody;
    const graph = new KeptGraph({ database, dialect, people, tenant }, this.log);
    this.graphs.set(tenant, graph);
    return graph;
  }

  /** Takes in what a commit of this process has changed, by tenant. */
  async apply(changes: ReadonlyMap<number, readonly GraphChange[]>): Promise<void> {
    for (const [tenant, each] of changes) await this.graphs.get(tenant)?.apply(each);
  }
}
