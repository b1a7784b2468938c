import type { AgreementStanding } from '#src/protocol/admission/agreement-terms.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { HeadRow, NodeDisk } from './node-disk.ts';

export interface Failure {
  readonly checker: string;
  readonly what: string;
}

/** What a checker may know of a node: all of its disk, also what the node itself does not look at. */
export interface Watched {
  readonly service: ServiceId;
  readonly name: string;
  readonly lies: boolean;
  readonly disk: NodeDisk;
}

/**
 * Looks at a whole world from outside, while it runs and at its end. Every claim is about honest nodes: what a liar
 * accepts or loses is its own affair, but nothing it does may show elsewhere.
 */
export class Checkers {
  /** The first failure; what follows it proves nothing more. */
  failure: Failure | null = null;
  readonly counts = { batches: 0, messages: 0, delivered: 0, refusals: 0, withheld: 0, held: 0, lies: 0, powerCuts: 0 };
  readonly #nodes = new Map<ServiceId, Watched>();
  /** Per direction, each message that its sender committed to a batch, in order. */
  readonly #formed = new Map<string, string[]>();
  readonly #taken = new Map<string, number>();
  /** Refusals that a recipient owes: direction and place → code. */
  readonly #owed = new Map<string, RefusalCode>();
  readonly #drafts = new Map<string, RecordDraft>();
  /** The recipient's view of nothing: what the sender agreed to. */
  readonly #agreed: (from: ServiceId, to: ServiceId) => AgreementStanding | null;

  constructor(agreed: (from: ServiceId, to: ServiceId) => AgreementStanding | null) {
    this.#agreed = agreed;
  }

  watch(node: Watched): void {
    this.#nodes.set(node.service, node);
  }

  fail(checker: string, what: string): void {
    this.failure ??= { checker, what };
  }

  /** A record in the words of its author, before any protocol code touched it. */
  recordWritten(hash: string, draft: RecordDraft): void {
    this.#drafts.set(hash, draft);
  }

  batchFormed(from: ServiceId, to: ServiceId, sequence: number, messages: readonly Message[]): void {
    this.counts.batches++;
    this.counts.messages += messages.length;
    const list = this.#formed.get(`${from} ${to}`) ?? [];
    for (const [index, message] of messages.entries()) list.push(place(sequence, index, message));
    this.#formed.set(`${from} ${to}`, list);
  }

  /** EXC-2: every message takes effect once, in the order in which its sender formed them, and none but those. */
  delivered(by: ServiceId, from: ServiceId, sequence: number, index: number, message: Message): void {
    if (!this.#bothHonest(by, from)) return;
    const direction = `${from} ${by}`;
    const at = this.#taken.get(direction) ?? 0;
    const formed = this.#formed.get(direction) ?? [];
    const came = place(sequence, index, message);
    if (formed[at] !== came) {
      const seen = formed.indexOf(came);
      const how = seen < 0 ? 'was never sent' : seen < at ? 'took effect twice' : 'came out of order';
      this.fail('exactly once, in order', `${this.#way(from, by)} ${sequence}/${index} ${how}`);
      return;
    }
    this.#taken.set(direction, at + 1);
    this.counts.delivered++;
  }

  /** EXC-3: a receipt leaves a node only for what its disk would still know after a power cut. */
  receiptLeaves(by: ServiceId, to: ServiceId, epoch: number, through: number): void {
    const node = this.#nodes.get(by);
    if (node === undefined || node.lies) return;
    for (let sequence = through; sequence > 0; sequence--) {
      if (node.disk.batchesIn.durable(`${to} ${epoch} ${sequence}`) === undefined) {
        this.fail('receipts only for durable batches', `${this.#way(to, by)} batch ${sequence} is not on disk`);
      }
    }
  }

  /** EXC-3: a batch leaves the outbox only when the peer has that very batch. */
  receipted(by: ServiceId, peer: ServiceId, epoch: number, through: number, hash: string | undefined): void {
    if (!this.#bothHonest(by, peer)) return;
    const known = this.#nodes.get(peer)?.disk.batchesIn.durable(`${by} ${epoch} ${through}`);
    if (known === undefined || known !== hash) {
      this.fail('outbox kept until received', `${this.#way(by, peer)} batch ${through} was let go, not received`);
    }
  }

  /** EXC-4: only a lie stops a link. */
  linkStopped(by: ServiceId, peer: ServiceId, code: RefusalCode): void {
    if (this.#bothHonest(by, peer)) this.fail('no link stops without a lie', `${this.#way(by, peer)}: ${code}`);
  }

  /** REC-4: what was withdrawn or newer is never replaced by something older. */
  headMoved(by: ServiceId, record: string, before: HeadRow | undefined, after: HeadRow): void {
    const isOlder = before !== undefined && after.revision < before.revision;
    const isEvidence = after.state === 'equivocal';
    if (isOlder || (before?.state === 'equivocal' && !isEvidence)) {
      const what = `${this.#name(by)}: ${record} went from ${before?.revision} ${before?.state} to ${after.revision}`;
      this.fail('nothing withdrawn is revived', what);
    }
  }

  /** REL-1, MRK-1: no node holds what its marking forbids, judged by the author's own words. */
  recordKept(by: ServiceId, from: ServiceId, record: VerifiedRecord): void {
    const draft = this.#drafts.get(record.hash);
    const terms = this.#agreed(record.origin, by);
    if (this.#nodes.get(record.origin)?.lies) return;
    if (draft === undefined) {
      this.fail('only what was written', `${this.#name(by)} keeps a record of nobody`);
      return;
    }
    const forbidden = (marking: RecordDraft['marking']) =>
      terms === null ||
      terms.endedAt !== null ||
      marking.level > terms.ceiling ||
      marking.compartments.some((name) => !terms.compartments.includes(name)) ||
      (marking.releasableTo !== 'any' && !marking.releasableTo.includes(by));
    const seen = record.portions.filter(({ index }) => {
      const portion = draft.portions[index];
      return portion === undefined || forbidden(draft.marking) || forbidden(portion.marking);
    });
    const lists = record.disclosures.filter(({ path }) => path === 'releasableTo');
    if (forbidden(draft.marking) || seen.length > 0 || lists.length > 0) {
      this.fail('no node holds what its marking forbids', `${this.#way(from, by)} record ${record.id}`);
    }
    this.counts.withheld += draft.portions.length - record.portions.length;
  }

  messageRefused(by: ServiceId, from: ServiceId, sequence: number, index: number, code: RefusalCode): void {
    this.counts.refusals++;
    if (this.#bothHonest(by, from)) this.#owed.set(`${from} ${by} ${sequence} ${index}`, code);
  }

  /** Every lie has codes with which an honest node may answer it; none of them is a receipt. */
  lieAnswered(lie: string, by: ServiceId, allowed: readonly string[], answer: string): void {
    this.counts.lies++;
    if (!allowed.includes(answer)) {
      this.fail('lies are refused', `${this.#name(by)} answered "${lie}" with ${answer}, not ${allowed.join(' or ')}`);
    }
  }

  /** When the network has healed and all is quiet: nothing may be left over. */
  atTheEnd(isQuiet: boolean): void {
    if (!isQuiet) this.fail('nothing accepted is lost', `not quiet: ${this.#restless()}`);
    for (const [direction, formed] of this.#formed) {
      const [from, to] = direction.split(' ') as [string, string];
      const taken = this.#taken.get(direction) ?? 0;
      if (this.#bothHonest(from, to) && taken !== formed.length) {
        this.fail('nothing accepted is lost', `${this.#way(from, to)} ${formed.length - taken} never arrived`);
      }
    }
    for (const [direction, code] of this.#owed) {
      const [from, to, sequence, index] = direction.split(' ') as [string, string, string, string];
      const disk = this.#nodes.get(from)?.disk;
      const release = disk?.releases.get(disk.sentReleases.get(`${to} 1 ${sequence} ${index}`) ?? '');
      if (release?.code !== code || release.refusedBy !== to) {
        this.fail('refusals reach the sender', `${this.#way(from, to)} ${sequence}/${index} ${code}`);
      }
    }
    for (const { disk, lies, service } of this.#nodes.values()) {
      for (const [, release] of disk.releases.entries()) {
        if (lies || !this.#bothHonest(service, release.recipient)) continue;
        if (release.state !== 'delivered' && release.state !== 'refused') {
          this.fail('nothing accepted is lost', `${this.#way(service, release.recipient)} ${release.state}`);
        }
      }
    }
  }

  #restless(): string {
    const left: string[] = [];
    for (const { name, disk, lies } of this.#nodes.values()) {
      if (lies) continue;
      for (const [peer, text] of disk.links.entries()) {
        const waiting = disk.waiting(peer).length;
        const { out } = JSON.parse(text) as { out: { unreceipted: unknown[]; signing: string | null } };
        if (waiting + out.unreceipted.length > 0 && !this.#nodes.get(peer)?.lies) {
          left.push(`${name} → ${this.#name(peer)}: ${waiting} waiting, ${out.unreceipted.length} unreceipted`);
        }
      }
    }
    return left.join('; ');
  }

  #bothHonest(one: ServiceId, other: ServiceId): boolean {
    return !this.#nodes.get(one)?.lies && !this.#nodes.get(other)?.lies;
  }

  #name(service: ServiceId): string {
    return this.#nodes.get(service)?.name ?? service;
  }

  #way(from: ServiceId, to: ServiceId): string {
    return `${this.#name(from)} → ${this.#name(to)}`;
  }
}

function place(sequence: number, index: number, message: Message): string {
  return `${sequence} ${index} ${canonicalJson(message)}`;
}
