import { describe, expect, it } from 'vitest';
import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import { revise } from './correcting.ts';
import type { SimNode } from './node.ts';
import { passOn, permit, revoke } from './permitting.ts';
import { World } from './world.ts';
import { blank, issue } from './writing.ts';

/** A world in which one record goes from each service to the next, as far as it can; faults are as the seed draws them. */
function chain(seed: number) {
  const world = new World({ seed, nodes: 8, steps: 1 });
  for (const node of world.nodes) node.start();
  const [origin, first] = world.nodes as [SimNode, SimNode];
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const portion = (text: string) => ({ text, nature: 'fact', marking }) as const;
  const draft = {
    ...blank(origin, world.random),
    kind: 'report',
    purpose: 'terrorism-prevention',
    grading: { source: 'A', information: '1' },
    marking,
    title: 'a lead',
    portions: [portion('one'), portion('two')],
    body: { reportType: 'lead', urgency: 'routine' },
    links: [],
  } as const;
  origin.act((after) => issue(origin, draft, [first.service], world.random, after));
  world.playFor(60_000);
  const head = () => [...origin.disk.heads.values()].find(({ kind }) => kind === 'report');
  const record = () => origin.disk.records.get(head()?.hash ?? '');
  /** One more relay: permitted by the origin, done by who holds it last. */
  const goOn = (relay: SimNode, next: SimNode) => {
    const whole = record();
    const digests = origin.disk.holders.get(`${whole?.hash} ${relay.service}`)?.digests;
    if (whole === undefined || digests === undefined) return;
    const who = { grantee: relay.service, onwardTo: next.service, digests };
    origin.act((after) => permit(origin, whole, who, world.random, after));
    world.playFor(60_000);
    relay.act(() => passOn(relay, world.random));
    world.playFor(120_000);
  };
  for (let at = 1; at < 7; at++) goOn(world.nodes[at] as SimNode, world.nodes[at + 1] as SimNode);
  const { id = '' } = record() ?? {};
  const heldBy = () => world.nodes.filter((node) => node !== origin && node.disk.heads.get(id) !== undefined).length;
  return { world, origin, record, id, heldBy };
}

/** Seeds in which neither an agreement nor a permission ends the chain early. */
const longChains = [7, 85, 130];

describe('[REL-3] [COR-1] an onward chain', () => {
  it.each(longChains)(
    'of seed %i goes through five relays and more, and each holder learns of a correction',
    (seed) => {
      const { world, origin, record, id, heldBy } = chain(seed);
      expect(world.checkers.watch.counts.relaysMax).toBeGreaterThanOrEqual(5);
      const held = heldBy();
      const before = record();
      if (before === undefined) throw new Error('a record of nobody');
      const change = { change: 'withdrawn', title: titlesOfTakenBack.withdrawn.en } as const;
      origin.act((after) => revise(origin, before, change, world.random, after));
      // a revocation is under way at the same time
      origin.act((after) => revoke(origin, world.random, after));
      world.end();
      expect(world.checkers.watch.failure).toBeNull();
      const heads = world.nodes.filter((node) => node !== origin).map(({ disk }) => disk.heads.get(id));
      expect(heads.filter((head) => head?.state === 'quarantined')).toHaveLength(held);
      expect(new Set([...origin.disk.holders.group(id)].map(({ holder }) => holder)).size).toBe(held);
    },
  );
});
