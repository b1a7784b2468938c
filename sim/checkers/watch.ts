import type { ServiceId } from '#src/protocol/primitives.ts';
import type { NodeDisk } from '../node-disk.ts';
import type { Invariant } from './invariants.ts';

export interface Failure {
  readonly checker: Invariant;
  readonly what: string;
}

/** What a checker may know of a node: all of its disk, also what the node itself does not look at. */
export interface Watched {
  readonly service: ServiceId;
  readonly name: string;
  readonly lies: boolean;
  /** How often its disk was taken back to a backup. */
  readonly restores: number;
  readonly disk: NodeDisk;
}

/** What all checkers share: the nodes, the first failure, and how much of everything a world has seen. */
export class Watch {
  /** The first failure; what follows it proves nothing more. */
  failure: Failure | null = null;
  readonly counts = {
    batches: 0,
    messages: 0,
    delivered: 0,
    refusals: 0,
    withheld: 0,
    held: 0,
    lies: 0,
    powerCuts: 0,
    partitions: 0,
    epochs: 0,
    restores: 0,
    returned: 0,
    clones: 0,
    letters: 0,
    onward: 0,
    /** Through how many relays the longest chain of one revision went. */
    relaysMax: 0,
    corrections: 0,
  };
  readonly #nodes = new Map<ServiceId, Watched>();

  add(node: Watched): void {
    this.#nodes.set(node.service, node);
  }

  node(service: ServiceId): Watched | undefined {
    return this.#nodes.get(service);
  }

  get honest(): Watched[] {
    return [...this.#nodes.values()].filter(({ lies }) => !lies);
  }

  fail(checker: Invariant, what: string): void {
    this.failure ??= { checker, what };
  }

  wasRestored(service: ServiceId): boolean {
    return (this.#nodes.get(service)?.restores ?? 0) > 0;
  }

  isHonest(...services: readonly ServiceId[]): boolean {
    return services.every((service) => this.#nodes.get(service)?.lies === false);
  }

  name(service: ServiceId): string {
    return this.#nodes.get(service)?.name ?? service;
  }

  way(from: ServiceId, to: ServiceId): string {
    return `${this.name(from)} → ${this.name(to)}`;
  }
}
