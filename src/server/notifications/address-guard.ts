import { lookup as resolve } from 'node:dns/promises';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Which addresses notifications may go to: those of the internet, or of this machine's nets too. */
export type Reach = 'public' | 'near';

/** Addresses that lead to nobody in particular, or to the machinery of a network. */
const nowhere = blockList(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 128],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
);

/** Addresses of this machine and of private networks. */
const near = blockList(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
);

/** What IPv6 writes in front of an IPv4 address: mapped, compatible, and translated (RFC 6052). */
const WITHIN_SIX = /^(?:::(?:ffff:(?:0:)?)?|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/i;
const HEX_WITHIN_SIX = /^(?:::(?:ffff:(?:0:)?)?|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/i;

/** Whether an address, as the connection uses it, is within reach. */
export function isWithinReach(address: string, reach: Reach): boolean {
  const bare = address.replace(/%.*$/, '');
  const four = isIPv4(bare) ? bare : fourIn(bare);
  if (four === undefined && !isIPv6(bare)) return false;
  const family = four === undefined ? 'ipv6' : 'ipv4';
  const checked = four ?? bare;
  if (nowhere.check(checked, family)) return false;
  return reach === 'near' || !near.check(checked, family);
}

/** A lookup that gives addresses within reach alone, for whoever opens a connection by them. */
export function guardedLookup(reach: Reach): Lookup {
  return (hostname, options, done) => {
    resolve(hostname, { all: true }).then(
      (found) => {
        const refused = found.some(({ address }) => !isWithinReach(address, reach));
        if (refused || found.length === 0) done(new OutOfReachError(hostname), '', 0);
        else if (options.all) done(null, found);
        else done(null, found[0]!.address, found[0]!.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}

/** Says that a host has an address that notifications do not go to. */
export class OutOfReachError extends Error {
  constructor(host: string) {
    super(`The address of '${host}' is not one that notifications are sent to.`);
    this.name = 'OutOfReachError';
  }
}

type Address = { readonly address: string; readonly family: number };

type Lookup = (
  hostname: string,
  options: { readonly all?: boolean },
  done: (error: Error | null, address: string | Address[], family?: number) => void,
) => void;

/** The IPv4 address inside an IPv6 one. */
function fourIn(six: string): string | undefined {
  const dotted = WITHIN_SIX.exec(six)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = HEX_WITHIN_SIX.exec(six) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const [one, two] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [one >> 8, one & 255, two >> 8, two & 255].join('.');
}

function blockList(...subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) {
    list.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
