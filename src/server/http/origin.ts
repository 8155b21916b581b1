import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** The origin under which a client has reached the server: `https://localhost:8443`. */
export type FindOrigin = (request: IncomingMessage) => string;

/** Reads origins; what `X-Forwarded-*` says counts from trusted proxies alone. */
export function openOrigins(trustProxy: readonly string[]): FindOrigin {
  if (trustProxy.length === 0) return ownOrigin;
  const trusted = listOf(trustProxy);
  return (request) => {
    const { headers, socket } = request;
    const { remoteAddress = '' } = socket;
    if (!trusted.check(remoteAddress, familyOf(remoteAddress))) return ownOrigin(request);
    const protocol = last(headers['x-forwarded-proto']);
    const host = last(headers['x-forwarded-host']) ?? headers.host;
    const scheme = protocol === 'https' || protocol === 'http' ? protocol : schemeOf(request);
    return `${scheme}://${host}`;
  };
}

/** Networks that have names. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Addresses and networks: `10.0.0.1`, `10.0.0.0/8`, `loopback`. */
function listOf(trustProxy: readonly string[]): BlockList {
  const list = new BlockList();
  for (const each of trustProxy.flatMap((name) => NAMED[name] ?? name)) {
    const [address = '', prefix] = each.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function ownOrigin(request: IncomingMessage): string {
  return `${schemeOf(request)}://${request.headers.host ?? 'localhost'}`;
}

function schemeOf({ socket }: IncomingMessage): string {
  return (socket as TLSSocket).encrypted ? 'https' : 'http';
}

/** The proxy nearest to us writes the last of several values. */
function last(header: string | string[] | undefined): string | undefined {
  return (
    String(header ?? '')
      .split(',')
      .at(-1)
      ?.trim() || undefined
  );
}
