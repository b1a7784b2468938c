/** A service whose node stops, starts again where it was, and has its home put back as a backup would. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '#src/features/client.ts';
import { type NodeOptions, type RunningNode, startNode } from '#src/server/node.ts';
import { type NewOfficer, type Staff, staffNode, temporaryHome } from './service.ts';

export class Replaceable {
  readonly home: string;
  readonly staff: Staff;
  readonly #options: Partial<NodeOptions>;
  #node: RunningNode | null;
  /** Sessions outlive a restart, but not a restore: who asks after one signs in anew. */
  readonly #clients = new Map<string, Promise<Client>>();

  private constructor(home: string, staff: Staff, node: RunningNode, options: Partial<NodeOptions>) {
    this.home = home;
    this.staff = staff;
    this.#node = node;
    this.#options = options;
  }

  static async start(
    code: string,
    officers: readonly NewOfficer[],
    options: Partial<NodeOptions> = {},
  ): Promise<Replaceable> {
    const home = await temporaryHome();
    const node = await startNode({ home, port: 0, logLevel: 'silent', ...options });
    return new Replaceable(home, await staffNode(node.url, code, officers), node, options);
  }

  as(login: string): Promise<Client> {
    const known = this.#clients.get(login) ?? this.staff.as(login);
    this.#clients.set(login, known);
    return known;
  }

  async stop(): Promise<void> {
    this.#clients.clear();
    await this.#node?.close();
    this.#node = null;
  }

  /** At the same address: that is where partners know it. */
  async go(): Promise<void> {
    const port = Number(new URL(this.staff.url).port);
    this.#node = await startNode({ home: this.home, logLevel: 'silent', ...this.#options, port });
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.go();
  }

  /** A copy of the home of a node that is stopped for it. */
  async backUp(): Promise<string> {
    await this.stop();
    const backup = await temporaryHome();
    await cp(this.home, backup, { recursive: true });
    await this.go();
    return backup;
  }

  /** The backup takes the home's place: all of it, or its database alone. The node is stopped and stays so. */
  async putBack(backup: string, what: 'all' | 'database'): Promise<void> {
    await this.stop();
    const [from, to] = what === 'all' ? [backup, this.home] : [join(backup, 'database'), join(this.home, 'database')];
    await rm(to, { recursive: true, force: true });
    await cp(from, to, { recursive: true });
  }

  async end(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}
