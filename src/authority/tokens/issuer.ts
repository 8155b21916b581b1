/** The client id of Graph itself, the same in every tenant. */
export const GRAPH_APP = '00000003-0000-0000-c000-000000000000';

/** The Graph resource, as tokens name it: by URL or by its application id. */
export const GRAPH_AUDIENCES = ['https://graph.microsoft.com', GRAPH_APP] as const;

/** The origins under which this server is reached; each is an issuer and an audience. */
export interface Origins {
  /** The origin that tokens are issued under. */
  readonly main: string;
  readonly all: ReadonlySet<string>;
}

/** The names that mean this machine; a server on all addresses is reached by every one of them. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The origins of a server on that port: those that it is told, then HTTPS and HTTP by each name of
 * this machine. The first is the one that tokens are issued under.
 */
export function originsOf(host: string, port: number, told: readonly string[] = []): Origins {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const hosts = new Set([...LOCAL_HOSTS, bracketed]);
  const all = [...hosts].flatMap((each) => [`https://${each}:${port}`, `http://${each}:${port}`]);
  return { main: told[0] ?? `https://localhost:${port}`, all: new Set([...told, ...all]) };
}

/** The issuer of a tenant's tokens. */
export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** Whether an issuer is this server's, for that tenant. */
export function isOwnIssuer(origins: Origins, issuer: string, tenantId: string): boolean {
  for (const origin of origins.all) if (issuer === issuerOf(origin, tenantId)) return true;
  return false;
}
