import { Refusal } from '#errors.ts';
import type { BehaviourStore } from '#plan/behaviour.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';

/** Answers a request as the service does, for the caller of the operation. */
export type Ask = (request: ServiceRequest) => MaybePromise<ServiceAnswer>;

/** Members that `list` gives where nothing is said. */
const LIST_MAX = 1_000;
const NOTHING_THERE = new Set(['notFound', 'segmentNotFound', 'photoNotFound']);
/** Members of an answer that say something of the answer alone. */
const CONTEXT = '@odata.context';
const NEXT = '@odata.nextLink';

/** What a behaviour reads and writes with: requests to the service, made inside the process. */
export class RequestStore implements BehaviourStore {
  private readonly base: ServiceRequest;
  private readonly ask: Ask;
  private readonly mayWrite: boolean;

  constructor(base: ServiceRequest, ask: Ask, mayWrite: boolean) {
    this.base = base;
    this.ask = ask;
    this.mayWrite = mayWrite;
  }

  async read(url: string): Promise<Value | undefined> {
    try {
      return await this.get(url);
    } catch (error) {
      if (error instanceof Refusal && NOTHING_THERE.has(error.refusal)) return undefined;
      throw error;
    }
  }

  /** As `read`, but refuses with 404 what is not there. */
  async get(url: string): Promise<Value | undefined> {
    return readValue(await this.send('GET', url));
  }

  async list(url: string, limit: number = LIST_MAX): Promise<readonly Document[]> {
    const members: Document[] = [];
    let next: string | undefined = url;
    while (next !== undefined && members.length < limit) {
      const page: Document = parse(await this.send('GET', next));
      const context = String(page[CONTEXT] ?? '');
      const found = (page.value ?? []) as Document[];
      members.push(...found.map((each) => withType(each, context)));
      next = page[NEXT] === undefined ? undefined : this.relative(String(page[NEXT]));
    }
    return members.slice(0, limit);
  }

  async create(url: string, members: Document): Promise<Document> {
    return this.write('POST', url, members);
  }

  async update(url: string, members: Document): Promise<Document> {
    return this.write('PATCH', url, members);
  }

  async remove(url: string): Promise<void> {
    this.checkMayWrite();
    await this.send('DELETE', url);
  }

  private async write(method: string, url: string, members: Document): Promise<Document> {
    this.checkMayWrite();
    const answer = await this.send(method, url, JSON.stringify(members));
    return (readValue(answer) ?? {}) as Document;
  }

  private checkMayWrite(): void {
    if (!this.mayWrite) throw new Error('A function reads; only an action writes.');
  }

  private send(method: string, url: string, body?: string): MaybePromise<ServiceAnswer> {
    const [path = '', ...query] = url.split('?');
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    return this.ask({
      ...this.base,
      method,
      path: path.startsWith('/') ? path : `/${path}`,
      query: query.join('?'),
      headers: method === 'GET' ? headers : { ...headers, prefer: 'return=representation' },
      body: body === undefined ? undefined : Buffer.from(body),
    });
  }

  private relative(link: string): string {
    const { origin, root } = this.base;
    return link.slice(`${origin}/${root}`.length);
  }
}

function parse({ body }: ServiceAnswer): Document {
  return JSON.parse(String(body ?? '{}')) as Document;
}

/** Behind a cast the context names the type, and the entity does not. */
function withType(members: Document, context: string): Document {
  const cast = /\/((?:\w+\.)+\w+)(?:\([^/]*\))?(?:\/\$entity)?$/.exec(context)?.[1];
  return cast === undefined || TYPE in members ? members : { [TYPE]: `#${cast}`, ...members };
}

/** What an answer says: an entity or complex value without its context, or a value alone. */
function readValue(answer: ServiceAnswer): Value | undefined {
  if (answer.body === undefined) return undefined;
  const { [CONTEXT]: context = '', ...members } = parse(answer);
  const isAlone = 'value' in members && !String(context).endsWith('/$entity');
  return isAlone ? members.value : withType(members, String(context));
}
