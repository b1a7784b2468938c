import type { KeptStatements } from '#src/protocol/identity/take-statement.ts';
import type { KeyId, UnixMs } from '#src/protocol/primitives.ts';
import type { KeyView } from '../contract.ts';

/** Every key that the statements in force ever named, the current ones first; `since`: when its present state began. */
export function keyViews(kept: KeptStatements, cardAt: UnixMs): KeyView[] {
  const views = new Map<KeyId, KeyView>();
  for (const [at, keys] of kept.chain.entries()) {
    const since = new Date('at' in keys ? (keys as { at: UnixMs }).at : cardAt).toISOString();
    const note = (id: KeyId, use: KeyView['use'], state: KeyView['state']) => {
      const before = views.get(id);
      if (before?.state !== state) views.set(id, { id, use, state, since });
    };
    for (const [place, { id }] of keys.signing.entries()) note(id, 'signing', place === 0 ? 'current' : 'retired');
    for (const id of keys.revoked) note(id, 'signing', 'revoked');
    const former = kept.chain.slice(0, at).map(({ sealing }) => sealing.id);
    for (const id of former) if (id !== keys.sealing.id) note(id, 'sealing', 'retired');
    note(keys.sealing.id, 'sealing', 'current');
  }
  const order = ['current', 'retired', 'revoked'];
  const by = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const rank = ({ state }: KeyView) => order.indexOf(state);
  return [...views.values()].sort((a, b) => rank(a) - rank(b) || by(b.use, a.use) || by(b.since, a.since));
}
