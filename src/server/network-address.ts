/** Who is at the other end: the address that limits count, also behind a proxy that the operator trusts. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { addNetwork, plainAddress } from '#src/adapters/networks.ts';

export interface Proxies {
  /** Whether this connection is a trusted proxy's own. */
  isProxy(socketAddress: string | undefined): boolean;
  /** The address of whoever asks: the connection's, or behind trusted proxies the last one that is none of them. */
  addressOf(request: Pick<IncomingMessage, 'socket' | 'headers'>): string;
}

/** `trusted`: addresses and networks (`10.0.0.0/8`). Throws `RangeError` where one is neither. */
export function trustedProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList();
  for (const entry of trusted) addNetwork(list, entry);
  const isProxy = (address: string | undefined) => {
    const plain = plainAddress(address ?? '');
    return plain !== null && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
  };
  return {
    isProxy,
    addressOf({ socket, headers }) {
      let nearest = plainAddress(socket.remoteAddress ?? '') ?? '';
      const header = headers['x-forwarded-for'];
      const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
      // From the right: what a trusted proxy added is believed, what stood there before is whatever somebody wrote.
      while (hops.length > 0 && isProxy(nearest)) {
        const before = plainAddress((hops.pop() ?? '').trim());
        if (before === null) break;
        nearest = before;
      }
      return nearest;
    },
  };
}

/** Whom a limit counts as one: an IPv4 address, or the /64 of an IPv6 address, of which one customer has all. */
export function addressGroup(address: string): string {
  const plain = plainAddress(address);
  if (plain === null) return 'unknown';
  if (isIPv4(plain)) return plain;
  const [before = '', after] = plain.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups = after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
