/** Two services that trust each other, each a process of its own that is killed at any moment of any step. */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { quietPorts } from '../quiet-ports.ts';
import { type Staff, staffNode } from '../server/service.ts';
import { befriend } from '../server/trust.ts';
import { NodeProcess, persistently } from './node-process.ts';

const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;

export class TwoNodes {
  readonly #root: string;
  readonly #nodes: readonly [NodeProcess, NodeProcess];
  /** Of Atlas and of Meridian, in this order. */
  readonly staffs: readonly [Staff, Staff];
  readonly meridianId: string;

  private constructor(
    root: string,
    nodes: readonly [NodeProcess, NodeProcess],
    staffs: readonly [Staff, Staff],
    meridianId: string,
  ) {
    this.#root = root;
    this.#nodes = nodes;
    this.staffs = staffs;
    this.meridianId = meridianId;
  }

  static async start(): Promise<TwoNodes> {
    const root = await mkdtemp(join(tmpdir(), 'tansiq-kill-'));
    const nodes = [await startedNode(root, 'atlas'), await startedNode(root, 'meridian')] as const;
    const staff = officers.map((officer) => ({ ...officer, desks: [...officer.desks] }));
    const staffs = [
      await staffNode(nodes[0].url, 'atlas', staff),
      await staffNode(nodes[1].url, 'meridian', staff),
    ] as const;
    return new TwoNodes(root, nodes, staffs, (await befriend(...staffs)).other);
  }

  /** How often one node or the other was killed. */
  get kills(): number {
    return this.#nodes[0].kills + this.#nodes[1].kills;
  }

  /**
   * Carries out one step, asked for until it is answered, while one node or the other is killed at some moment of it,
   * or just after it on a fast machine.
   */
  async underKill<T>(carryOut: () => Promise<T>): Promise<T> {
    const kill = async () => {
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, 400)));
      await (this.#nodes[randomInt(2)] as NodeProcess).killAndRestart();
    };
    const [outcome] = await Promise.all([persistently(carryOut), kill()]);
    return outcome;
  }

  /** Neither side has anything to hold against the other. */
  async expectOpenLinks(): Promise<void> {
    for (const staff of this.staffs) {
      const [partner] = await (await staff.as('director')).listPartners();
      expect(partner?.link.status).toBe('open');
      // One side was confirmed a moment before the other, and asks at once what the other has of it.
      expect(partner?.link.refusals.filter(({ code }) => code !== 'peer-unconfirmed')).toEqual([]);
    }
  }

  async stop(): Promise<void> {
    for (const node of this.#nodes) await node.kill();
    await rm(this.#root, { recursive: true, force: true });
  }
}

async function startedNode(root: string, code: string): Promise<NodeProcess> {
  const node = new NodeProcess(join(root, code), await quietPorts(1));
  await node.start();
  return node;
}
