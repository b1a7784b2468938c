import { describe, expect, test } from 'vitest';
import { addressGroup, trustedProxies } from './network-address.ts';

const asked = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress } as never, // only the address is read
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

describe('[ADM-2] the address of whoever asks', () => {
  const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  test.each<[string, string, string | undefined, string]>([
    ['the connection', '192.0.2.1', undefined, '192.0.2.1'],
    ['what a stranger claims is not believed', '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['what the proxy says is', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['the last that is no proxy of ours', '127.0.0.1', '203.0.113.9, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['the first, where all are', '127.0.0.1', '10.9.9.9, 10.1.2.3', '10.9.9.9'],
    ['the proxy itself, where it says nothing', '::ffff:127.0.0.1', undefined, '127.0.0.1'],
    ['not beyond what is no address', '127.0.0.1', '198.51.100.1, unknown, 10.1.2.3', '10.1.2.3'],
    ['with a port', 'fd00::1', '[2001:db8::1]:443', '2001:db8::1'],
    ['IPv4 in IPv6', '10.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
  ])('%s', (_name, socket, forwarded, expected) => {
    expect(proxies.addressOf(asked(socket, forwarded))).toBe(expected);
  });
  test.each(['', 'localhost', '10.0.0.0/33', '::1/129', '10.0.0.0/x', '10.0.0.0/8/9', '0x7f.1'])(
    'a proxy is an address or a network, not %j',
    (entry) => expect(() => trustedProxies([entry])).toThrow(RangeError),
  );
});

describe('[ADM-2] whom a limit counts as one', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['nothing', 'unknown'],
  ])('%s is %s', (address, group) => expect(addressGroup(address)).toBe(group));
});
