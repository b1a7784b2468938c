import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Peer } from '../../conformance/peer.ts';
import { allChecks, runChecks, type Verdict } from '../../conformance/run.ts';
import { type HandMade, startWithHandMadePartner } from '../server/hand-made-partner.ts';

let made: HandMade;
let peer: Peer;
beforeAll(async () => {
  made = await startWithHandMadePartner('conformant');
  peer = made.peer;
});
afterAll(() => made?.stop());

describe('the conformance suite', () => {
  it('finds nothing against a node of ours', async () => {
    const told: Verdict[] = [];
    const verdicts = await runChecks(peer, (verdict) => told.push(verdict));
    expect(verdicts.filter(({ failed }) => failed !== null)).toEqual([]);
    expect(told).toEqual(verdicts);
    expect(verdicts.length).toBe(allChecks.length);
  });

  it('finds much against what is no node', async () => {
    // It takes everything and confirms nothing.
    const other = await Peer.listen(peer.keyring, peer.node, 'http://127.0.0.1:9', { host: '127.0.0.1', port: 0 });
    try {
      const verdicts = await runChecks(other, () => undefined);
      expect(verdicts.every(({ failed }) => failed !== null)).toBe(true);
    } finally {
      other.close();
    }
  });
});
