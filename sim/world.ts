import { initialLink } from '#src/protocol/exchange/step.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Agreements, drawAgreements } from './agreements.ts';
import { Checkers } from './checkers/index.ts';
import type { Failure, Watch } from './checkers/watch.ts';
import { SimClock } from './clock.ts';
import { type Core, soundCore } from './core.ts';
import { fakeCrypto, type SimCrypto } from './crypto.ts';
import { drawFaults, healthy, letFaultsHappen } from './faults.ts';
import { Liar, type Lie } from './liar.ts';
import type { Mutant } from './mutants/mutant.ts';
import { SimNetwork } from './network.ts';
import { SimNode, type SimPeer } from './node.ts';
import { officerActs } from './officers.ts';
import { Random } from './random.ts';
import { drawLinks } from './topology.ts';

export interface SimOptions {
  readonly seed: number;
  /** 2 … 200. */
  readonly nodes: number;
  /**
   * A step is one event that a link's core takes, or one act of an officer or a liar. After so many of them nobody acts
   * any more, the network heals, and what is under way comes to its end in some more steps.
   */
  readonly steps: number;
  readonly crypto?: SimCrypto;
  readonly mutant?: Mutant;
}

export interface SimResult {
  readonly seed: number;
  readonly failure: Failure | null;
  readonly steps: number;
  readonly counts: Watch['counts'];
}

/** 2026-03-01T00:00:00Z */
const startMs = 1_772_323_200_000;
/** Of one node's officers, on average. */
const actEveryMs = 2_800;
/** After the network has healed: far more than the longest delay between two resends. */
const quietWithinMs = 3_600_000;

/** One seed, one world: the same options always play the same run. */
export function simulate(options: SimOptions): SimResult {
  const world = new World(options);
  world.run(options.steps);
  const { failure, counts } = world.checkers.watch;
  return { seed: options.seed, failure, steps: world.steps, counts };
}

export class World {
  steps = 0;
  readonly random: Random;
  readonly clock = new SimClock(startMs);
  readonly network: SimNetwork;
  readonly crypto: SimCrypto;
  readonly core: Core;
  readonly checkers: Checkers;
  readonly agreements: Agreements;
  /** All machines that run; the second machine of a cloned node comes last. */
  readonly nodes: SimNode[];
  readonly #byService: ReadonlyMap<ServiceId, SimNode>;
  readonly #liars: readonly Liar[];
  readonly #clones: SimNode[] = [];
  #inFlight = 0;

  constructor({ seed, nodes, crypto = fakeCrypto, mutant }: SimOptions) {
    this.random = new Random(seed);
    this.crypto = crypto;
    this.core = mutant === undefined ? soundCore : mutant.change(soundCore);
    this.network = new SimNetwork(this.clock, this.random, drawFaults(this.random));
    // about one in twenty where there are many, none or one where there are few
    const liars = nodes < 3 ? 0 : Math.floor(nodes / 20) + (this.random.chance(0.5) ? 1 : 0);
    this.checkers = new Checkers((of, other) => this.agreements.get(`${of} ${other}`) ?? null);
    this.nodes = Array.from({ length: nodes }, (_, index) => {
      const keys = crypto.keysOf(this.random.bytes(32));
      return new SimNode(this, `node ${index}`, keys, index < liars);
    });
    this.#byService = new Map(this.nodes.map((node) => [node.service, node]));
    const links = drawLinks(nodes, this.random).map(([one, other]) => [this.#at(one), this.#at(other)] as const);
    this.agreements = drawAgreements(
      links.map(([one, other]) => [one.service, other.service]),
      this.random,
    );
    for (const node of this.nodes) this.checkers.watch.add(node);
    for (const [one, other] of links) {
      one.meet(peerOf(other));
      other.meet(peerOf(one));
    }
    this.#liars = this.nodes.filter(({ lies }) => lies).map((node) => new Liar(node));
  }

  run(steps: number): void {
    for (const node of this.nodes) node.start();
    letFaultsHappen(this);
    const actAgain = () => {
      if (this.steps >= steps) return;
      this.#act();
      this.clock.after((this.random.next() * 2 * actEveryMs) / this.nodes.length, actAgain);
    };
    actAgain();
    while (this.steps < steps && this.#failed() === null && this.clock.advance());
    this.end();
  }

  /** The network heals, what is under way comes to its end, and the checkers look at what is left. */
  end(): void {
    this.#heal();
    const endMs = this.clock.now + quietWithinMs;
    while (!this.#isQuiet() && this.clock.now < endMs && this.#failed() === null) this.playFor(1_000);
    if (this.#failed() === null) this.checkers.arrives.atTheEnd(this.#isQuiet());
    if (this.#failed() === null) this.checkers.holders.atTheEnd();
    this.#letClonesSpeak();
    if (this.#failed() === null) this.checkers.clones.atTheEnd();
  }

  /** Starts an honest node a second time; once in a world. */
  clone(): void {
    const honest = this.nodes.filter(({ lies, isUp }) => !lies && isUp);
    if (this.#clones.length > 0 || honest.length < 3) return;
    const node = this.random.pick(honest);
    const twin = node.twin();
    this.#clones.push(node, twin);
    this.nodes.push(twin);
    this.checkers.clones.cloned(node.service);
    twin.start();
  }

  /** Posts an envelope as HTTP does: the answer, if it survives, goes back to who asked. */
  request(from: SimNode, to: SimPeer, envelope: Uint8Array): void {
    const receiver = this.node(to.service);
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
    const victim = this.node(to.service);
    this.#carry(from.name, victim.name, () => {
      if (!victim.isUp) return;
      const { primitives } = this.crypto;
      const state = victim.disk.link(from.service) ?? initialLink(victim.service, from.service, primitives);
      const answers = allowed(state, victim.restores > 0);
      const codes = state.status === 'stopped' ? ['link-stopped', ...answers] : answers;
      let answer = 'silence';
      victim.receive(envelope, (given) => {
        answer = 'code' in given ? given.code : 'receipt';
      });
      if (victim.isUp) this.checkers.lies.answered(name, victim.service, codes, answer);
    });
  }

  node(service: ServiceId): SimNode {
    const node = this.#byService.get(service);
    if (node === undefined) throw new Error('a service that has no node');
    return node;
  }

  isLiar(service: ServiceId): boolean {
    return this.node(service).lies;
  }

  #at(index: number): SimNode {
    return this.nodes[index] as SimNode;
  }

  #failed(): Failure | null {
    return this.checkers.watch.failure;
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
    for (const liar of this.#liars) {
      if (!this.random.chance(1.2 / this.nodes.length)) continue;
      this.steps++;
      liar.lie(this.random);
    }
  }

  #heal(): void {
    this.network.heal(healthy);
    for (const node of this.nodes) if (!node.isUp) node.start();
  }

  #letClonesSpeak(): void {
    for (const node of this.#clones) {
      const notice = { type: 'read-notice', record: 'A'.repeat(43), readAt: this.random.between(1, 1e9) } as const;
      node.act(() => {
        for (const peer of node.peers.keys()) node.disk.enqueue(peer, { message: notice });
      });
      this.playFor(60_000);
    }
  }

  playFor(ms: number): void {
    const untilMs = this.clock.now + ms;
    while (this.clock.now < untilMs && this.#failed() === null && this.clock.advance());
  }

  /** Nothing between honest nodes is under way or waiting. */
  #isQuiet(): boolean {
    return this.#inFlight === 0 && this.nodes.every((node) => node.lies || node.isQuiet());
  }
}

function peerOf({ service, name, keys }: SimNode): SimPeer {
  return { service, name, signingKey: keys.signingKey, sealingKey: keys.sealingKey };
}
