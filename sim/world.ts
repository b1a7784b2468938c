import { initialLink } from '#src/protocol/exchange/step.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Agreements, drawAgreements } from './agreements.ts';
import { Checkers, type Failure } from './checkers.ts';
import { SimClock } from './clock.ts';
import { fakeCrypto, type SimCrypto } from './crypto.ts';
import { Liar, type Lie } from './liar.ts';
import type { Mutant } from './mutants.ts';
import { type Faults, SimNetwork } from './network.ts';
import { SimNode, type SimPeer } from './node.ts';
import { officerActs } from './officers.ts';
import { Random } from './random.ts';

export interface SimOptions {
  readonly seed: number;
  /** At least 2. */
  readonly nodes: number;
  /** How many things officers do. */
  readonly steps: number;
  readonly crypto?: SimCrypto;
  readonly mutant?: Mutant;
}

export interface SimResult {
  readonly seed: number;
  readonly failure: Failure | null;
  readonly counts: Checkers['counts'];
}

/** 2026-03-01T00:00:00Z */
const startMs = 1_772_323_200_000;
const stepMs = 700;
/** After the network has healed: far more than the longest delay between two resends. */
const quietWithinMs = 3_600_000;

/** One seed, one world: the same options always play the same run. */
export function simulate(options: SimOptions): SimResult {
  const world = new World(options);
  world.run(options.steps);
  const { failure, counts } = world.checkers;
  return { seed: options.seed, failure, counts };
}

export class World {
  readonly random: Random;
  readonly clock = new SimClock(startMs);
  readonly network: SimNetwork;
  readonly crypto: SimCrypto;
  readonly mutant: Mutant | null;
  readonly checkers: Checkers;
  readonly agreements: Agreements;
  readonly nodes: readonly SimNode[];
  readonly #liars: readonly Liar[];
  #inFlight = 0;

  constructor({ seed, nodes, crypto = fakeCrypto, mutant }: SimOptions) {
    this.random = new Random(seed);
    this.crypto = crypto;
    this.mutant = mutant ?? null;
    this.network = new SimNetwork(this.clock, this.random, drawFaults(this.random));
    const liars = nodes > 2 && this.random.chance(0.5) ? 1 : 0;
    this.checkers = new Checkers((from, to) => this.agreements.get(`${from} ${to}`) ?? null);
    this.nodes = Array.from({ length: nodes }, (_, index) => {
      const keys = crypto.keysOf(this.random.bytes(32));
      return new SimNode(this, `node ${index}`, keys, index < liars);
    });
    this.agreements = drawAgreements(
      this.nodes.map(({ service }) => service),
      this.random,
    );
    for (const node of this.nodes) this.checkers.watch(node);
    this.#link();
    this.#liars = this.nodes.filter(({ lies }) => lies).map((node) => new Liar(node));
  }

  run(steps: number): void {
    for (const node of this.nodes) node.start();
    for (let step = 0; step < steps; step++) this.clock.after(this.random.next() * steps * stepMs, () => this.#act());
    this.#play(startMs + steps * stepMs);
    this.network.heal();
    const endMs = this.clock.now + quietWithinMs;
    while (!this.#isQuiet() && this.clock.now < endMs && this.checkers.failure === null) this.clock.advance();
    if (this.checkers.failure === null) this.checkers.atTheEnd(this.#isQuiet());
  }

  /** Posts an envelope as HTTP does: the answer, if it survives, goes back to who asked. */
  request(from: SimNode, to: SimPeer, envelope: Uint8Array): void {
    const receiver = this.#node(to);
    this.#carry(from.name, receiver.name, () =>
      receiver.receive(envelope, (answer) =>
        this.#carry(receiver.name, from.name, () => {
          if ('envelope' in answer) from.receive(answer.envelope, () => undefined);
        }),
      ),
    );
  }

  /** Posts a lie and holds its victim, unless that loses power meanwhile, to the answers that are allowed. */
  tell(from: SimNode, to: SimPeer, { name, envelope, allowed }: Lie): void {
    const victim = this.#node(to);
    this.#carry(from.name, victim.name, () => {
      if (!victim.isUp) return;
      const { primitives } = this.crypto;
      const state = victim.disk.link(from.service) ?? initialLink(victim.service, from.service, primitives);
      const codes = state.status === 'stopped' ? ['link-stopped', ...allowed(state)] : allowed(state);
      let answer = 'silence';
      victim.receive(envelope, (given) => {
        answer = 'code' in given ? given.code : 'receipt';
      });
      if (victim.isUp) this.checkers.lieAnswered(name, victim.service, codes, answer);
    });
  }

  #node(peer: SimPeer): SimNode {
    const node = this.nodes.find(({ service }) => service === peer.service);
    if (node === undefined) throw new Error('a peer that is no node');
    return node;
  }

  isLiar(service: ServiceId): boolean {
    return this.nodes.some((node) => node.service === service && node.lies);
  }

  #carry(from: string, to: string, arrive: () => void): void {
    this.network.carry(
      from,
      to,
      () => {
        this.#inFlight--;
        arrive();
      },
      () => {
        this.#inFlight++;
      },
    );
  }

  #act(): void {
    const node = this.random.pick(this.nodes);
    const acts = this.random.pick([1, 1, 1, 4]);
    for (let act = 0; act < acts; act++) node.act((after) => officerActs(node, this.random, after));
    for (const liar of this.#liars) if (this.random.chance(0.3)) liar.lie(this.random);
  }

  #play(untilMs: number): void {
    while (this.clock.now < untilMs && this.checkers.failure === null && this.clock.advance());
  }

  /** All pairs are linked, or at random; then at least a ring, so that no service is alone. */
  #link(): void {
    const linkAll = this.random.chance(0.5);
    for (const [at, one] of this.nodes.entries()) {
      for (const [beyond, other] of this.nodes.slice(at + 1).entries()) {
        const inRing = beyond === 0 || (at === 0 && beyond === this.nodes.length - 2);
        if (!linkAll && !inRing && this.random.chance(0.5)) continue;
        one.meet(this.#peer(other));
        other.meet(this.#peer(one));
      }
    }
  }

  #peer({ service, name, keys }: SimNode): SimPeer {
    return { service, name, signingKey: keys.signingKey, sealingKey: keys.sealingKey };
  }

  /** Nothing between honest nodes is under way or waiting. */
  #isQuiet(): boolean {
    return this.#inFlight === 0 && this.nodes.every((node) => node.lies || node.isQuiet());
  }
}

function drawFaults(random: Random): Faults {
  return {
    drop: random.pick([0, 0.05, 0.3]),
    duplicate: random.pick([0, 0.1, 0.4]),
    partition: random.pick([0, 0.01]),
    powerCut: random.pick([0, 0.002, 0.02]),
    delayMsMax: random.pick([20, 300, 3_000]),
  };
}
