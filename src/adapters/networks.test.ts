import { describe, expect, test } from 'vitest';
import { reachOf } from './networks.ts';

describe('[EXC-2] where a partner may be looked for', () => {
  const { mayReach } = reachOf([]);
  test.each(['1.1.1.1', '192.0.9.1', '172.32.0.1', '100.128.0.1', '168.63.129.17', '2606:4700::1', '2a00::1'])(
    '%s is outside',
    (address) => expect(mayReach(address)).toBe(true),
  );
  test.each([
    [
      '0.0.0.0',
      '10.1.2.3',
      '127.9.9.9',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '100.100.100.200',
    ],
    ['169.254.169.254', '168.63.129.16', '192.0.0.192', '224.0.0.1', '255.255.255.255', '198.18.0.1', '203.0.113.5'],
    ['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:10.0.0.1'],
    ['::ffff:a00:1', '::10.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::1', '2001::1', '2001:db8::1', '3fff::1', '100::1'],
    ['', 'localhost', '127.1', '0x7f000001', 'example.org'],
  ])('%s and its like are not', (...addresses) => {
    expect(addresses.filter(mayReach)).toEqual([]);
  });
  test('a network that the operator names is, and no other', () => {
    const named = reachOf(['10.8.0.0/16', 'fd12::/16', '192.168.1.7']);
    expect(['10.8.3.4', 'fd12::9', '192.168.1.7', '::ffff:10.8.0.1'].every(named.mayReach)).toBe(true);
    expect(['10.9.0.1', 'fd13::9', '192.168.1.8', '127.0.0.1'].some(named.mayReach)).toBe(false);
    expect(() => reachOf(['10.8.0.0/40'])).toThrow(RangeError);
  });
});
