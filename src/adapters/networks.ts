/** Addresses and networks as they are written, and those that do not lead to the outside. */
import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';

/** Adds an address or a network in CIDR form. Throws `RangeError`. */
export function addNetwork(list: BlockList, entry: string): void {
  const [written = '', bits, ...rest] = entry.split('/');
  const address = plainAddress(written);
  const wide = address !== null && isIPv4(address) ? 32 : 128;
  const prefix = bits === undefined ? wide : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (address === null || rest.length > 0 || !(prefix <= wide)) {
    throw new RangeError(`not an address or a network: ${entry.slice(0, 60)}`);
  }
  list.addSubnet(address, prefix, wide === 32 ? 'ipv4' : 'ipv6');
}

/** Without port, brackets or zone; IPv4 that is written as IPv6 (`::ffff:192.0.2.1`) as IPv4. Null: no address. */
export function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d{1,5}$/, '$1');
  const address = bare.replace(/%.*$/, '');
  if (isIP(address) === 0) return null;
  if (isIPv4(address)) return address;
  // As it is always written: shortened, in lower case.
  const written = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(written)?.[1] ?? written;
}

/**
 * RFC 6890 and IANA's registries: this machine, link-local (there clouds keep their metadata), private networks, shared address
 * space, and what is no single host. `168.63.129.16` is one cloud's own, in the middle of public space.
 */
const internalIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** All IPv6 outside of global unicast, and within it what carries an IPv4 address or is for documents and tests. */
const globalIPv6 = '2000::/3';
const internalIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (entries: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const entry of entries) addNetwork(list, entry);
  return list;
};
const internal = listOf([...internalIPv4, ...internalIPv6]);
const global = listOf([globalIPv6]);

export interface Reach {
  /** Whether a partner may be looked for at this address. What is no address may not. */
  mayReach(address: string): boolean;
}

/** The outside, and the networks that the operator names (`10.8.0.0/16`). Throws `RangeError` where one is none. */
export function reachOf(named: readonly string[]): Reach {
  const allowed = listOf(named);
  return {
    mayReach(address) {
      const plain = plainAddress(address);
      if (plain === null) return false;
      const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
      if (allowed.check(plain, family)) return true;
      return !internal.check(plain, family) && (family === 'ipv4' || global.check(plain, family));
    },
  };
}
