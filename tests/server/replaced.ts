/** A service whose node stops, starts again where it was, and has its home put back as a backup would. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '#src/features/client.ts';
import { type NodeOptions, type RunningNode, startNode } from '#src/server/node.ts';
import { type NewOfficer, type Staff, signIn, staffNode, temporaryHome, withToken } from './service.ts';
import { stagedHomes } from './together.ts';

export class Replaceable {
  readonly home: string;
  readonly staff: Staff;
  /** How partners name it. */
  readonly id: string;
  readonly #options: Partial<NodeOptions>;
  #node: RunningNode | null;
  /** Sessions outlive a restart, but not a restore: who asks after one signs in anew. */
  readonly #clients = new Map<string, Promise<Client>>();

  private constructor(home: string, id: string, staff: Staff, node: RunningNode, options: Partial<NodeOptions>) {
    this.home = home;
    this.id = id;
    this.staff = staff;
    this.#node = node;
    this.#options = options;
  }

  /** Services that know each other (`startTogether`). */
  static async together<const C extends readonly string[]>(
    codes: C,
  ): Promise<{ -readonly [K in keyof C]: Replaceable }> {
    const started = (await stagedHomes(codes)).map(async ({ home, id, port, staff }) => {
      const node = await startNode({ home, port, logLevel: 'silent' });
      return new Replaceable(home, id, staff, node, {});
    });
    // One for each code, in their order.
    return (await Promise.all(started)) as { -readonly [K in keyof C]: Replaceable };
  }

  static async start(
    code: string,
    officers: readonly NewOfficer[],
    options: Partial<NodeOptions> = {},
  ): Promise<Replaceable> {
    const home = await temporaryHome();
    const node = await startNode({ home, port: 0, logLevel: 'silent', ...options });
    const staff = await staffNode(node.url, code, officers);
    const { service } = await (await staff.as('root')).ownCard();
    return new Replaceable(home, service.id, staff, node, options);
  }

  as(login: string): Promise<Client> {
    const { url } = this.staff;
    const known = this.#clients.get(login) ?? signIn(url, login).then((token) => withToken(url, token));
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
