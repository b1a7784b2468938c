/** Four services in a chain, Atlas, Bahr, Cedre, Dune: each knows its neighbours and nobody else. */
import type { Client } from '#src/features/client.ts';
import { RefusedByNode } from '#src/features/client.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import { reportInput } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** One service of the chain. */
export class Link {
  readonly service: Neighbour;
  readonly id: string;

  constructor(service: Neighbour) {
    this.service = service;
    this.id = service.id;
  }
  as(login: OfficerRole | 'root' = 'liaison'): Promise<Client> {
    return this.service.as(login);
  }
  /** The record, once it is here. */
  async holds(record: string) {
    const liaison = await this.as();
    return until(() => liaison.getRecord({ params: { id: record } }).catch(() => undefined));
  }
  async isWithout(record: string): Promise<boolean> {
    return (await refusalOf((await this.as()).getRecord({ params: { id: record } }))) === 'not-found';
  }
  /** By holder: through whom, and how surely. */
  async holders(record: string) {
    const holders = await (await this.as()).listHolders({ params: { id: record } });
    return Object.fromEntries(holders.map(({ service, via, state }) => [service.id, [via.map(({ id }) => id), state]]));
  }
  async permission(record: string, state: string) {
    const liaison = await this.as();
    return until(async () => {
      const views = await liaison.listPermissions({ params: { id: record } }).catch(() => []);
      return views.find((view) => view.state === state);
    });
  }
  async ask(record: string, onwardTo: Link, portions: number[] | null = null) {
    const body = { onwardTo: onwardTo.id, purpose: null, portions, reason: 'Il traverse leur pays.', until: null };
    return (await this.as()).askPermission({ params: { id: record }, body: { use: 'onward', ...body } });
  }
  /** Decides what was asked about a record, once it has come. */
  async decide(record: string, body: Parameters<Client['decidePermission']>[0]['body']) {
    const liaison = await this.as();
    const asked = await until(async () => {
      const views = await liaison.listPermissions({ params: { id: record } });
      return views.find(({ state, allowed }) => state === 'asked' && allowed.includes('decide'));
    });
    return liaison.decidePermission({ params: { id: asked.request as string }, body });
  }
  async release(record: string, to: Link) {
    const body = { recipients: [to.id] };
    const { previews } = await (await this.as()).releaseRecord({ params: { id: record }, body });
    return previews[0];
  }
}

export interface Chain {
  readonly atlas: Link;
  readonly bahr: Link;
  readonly cedre: Link;
  readonly dune: Link;
  /** A report of three paragraphs from Atlas, once it is at Bahr. */
  report(title: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startChain(): Promise<Chain> {
  const all = (await startTogether(['atlas', 'bahr', 'cedre', 'dune'])).map((service) => new Link(service));
  const [atlas, bahr, cedre, dune] = all as [Link, Link, Link, Link];
  return {
    atlas,
    bahr,
    cedre,
    dune,
    async report(title) {
      const nature = 'fact' as const;
      const portions = ['un', 'deux', 'trois'].map((text) => ({ text: `${title} ${text}`, nature, marking: null }));
      const handling = [{ code: 'H1' as const }, { code: 'H2' as const }];
      const marking = { level: 1 as const, compartments: [], handling, releasableTo: null };
      const body = reportInput({ title, portions, marking, recipients: [bahr.id] });
      const { record } = await (await atlas.as()).createReport({ body });
      await bahr.holds(record);
      return record;
    },
    async stop() {
      await Promise.all(all.map(({ service }) => service.stop()));
    },
  };
}

/** The code with which a node refuses, or what came instead. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof RefusedByNode ? error.refusal.code : `not refused: ${error}`;
}
