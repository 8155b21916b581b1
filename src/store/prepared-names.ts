/** Statements kept prepared on the server, per connection. */
const PREPARED_MAX = 500;
/** Texts remembered as seen once; the list begins anew when it is full. */
const SEEN_MAX = 2000;

/** A statement as the driver takes it; without a name it is not kept. */
export interface NamedStatement {
  readonly name?: string;
  readonly text: string;
}

/**
 * Names for statements that PostgreSQL keeps prepared. A text gets one when it comes again, so
 * that queries that are asked once take no place; when all are taken, further texts have none.
 */
export class PreparedNames {
  private readonly prefix: string;
  private readonly names = new Map<string, NamedStatement>();
  private readonly seen = new Map<string, NamedStatement>();

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** The statement with its `?` numbered. Quoted text holds no `?`. */
  prepare(sql: string): NamedStatement {
    const known = this.names.get(sql);
    if (known) return known;
    const before = this.seen.get(sql);
    if (!before || this.names.size >= PREPARED_MAX) return before ?? this.see(sql);
    const named = { name: `${this.prefix}_${this.names.size}`, text: before.text };
    this.names.set(sql, named);
    this.seen.delete(sql);
    return named;
  }

  private see(sql: string): NamedStatement {
    let count = 0;
    const statement = { text: sql.replaceAll('?', () => `$${++count}`) };
    if (this.seen.size >= SEEN_MAX) this.seen.clear();
    this.seen.set(sql, statement);
    return statement;
  }
}
