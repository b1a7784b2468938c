/** A partner made by hand: it holds real keys and speaks the real protocol, and it can lie in every way a peer can. */
import { randomBytes } from 'node:crypto';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Keyring, PublicIdentity } from '#src/ports/keyring.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url, fromUtf8, utf8 } from '#src/protocol/encoding.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import {
  batchEnvelopeHeader,
  decodeEnvelope,
  encodeEnvelope,
  envelopeInfo,
  receiptEnvelopeHeader,
} from '#src/protocol/exchange/envelope.ts';
import { textHash } from '#src/protocol/exchange/forms.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext, signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { receiptType } from '#src/protocol/exchange/receipt.ts';
import type { BatchHeader, EnvelopeHeader, ReceiptClaims } from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json, ServiceId } from '#src/protocol/primitives.ts';
import { arrangeRecord, entropyNeeded, issueRecord } from '#src/protocol/record/issue.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { recordIdOf } from '#src/protocol/record/record-id.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

export interface Forged {
  /** Raw payload instead of the canonical one of `messages`. */
  payload?: Uint8Array;
  header?: Partial<BatchHeader>;
  outer?: Partial<EnvelopeHeader>;
  signWith?: Keyring;
}

export class FakePeer {
  readonly keyring: Keyring;
  readonly #node: PublicIdentity;
  readonly #link: string;
  get link(): string {
    return this.#link;
  }
  /** What the node under test sent, message by message. */
  readonly received: { sequence: number; message: Message }[] = [];
  /** Statements of the node's keys that it was told. */
  readonly told: string[] = [];
  sequence = 0;
  lastHash: string | null = null;
  /** What it has taken of the node's batches, and what its receipts say. */
  taken: { epoch: number; through: number; hash: string | null } = { epoch: 1, through: 0, hash: null };
  epoch = 1;

  constructor(keyring: Keyring, node: PublicIdentity) {
    this.keyring = keyring;
    this.#node = node;
    this.#link = initialLink(keyring.identity.service, node.service, nodePrimitives).link;
  }

  /** The next batch, honest but for what is forged. Counts on only when `advance` is left true. */
  async envelope(messages: readonly Json[], forged: Forged = {}, advance = true): Promise<Uint8Array> {
    const self = this.keyring.identity.service;
    const payload = forged.payload ?? utf8(canonicalJson({ messages, receipt: null }));
    const header: BatchHeader = {
      v: 1,
      from: self,
      to: this.#node.service,
      link: this.#link,
      epoch: this.epoch,
      sequence: this.sequence + 1,
      previous: this.lastHash,
      payloadDigest: base64url(nodePrimitives.sha256(payload)),
      payloadBytes: payload.length,
      messages: messages.length,
      ...forged.header,
    };
    const signer = forged.signWith ?? this.keyring;
    const input = jwsSigningInput(batchType, this.keyring.identity.signingKey.id, canonicalJson({ ...header }));
    const signed = jwsCompact(input, await signer.sign(input));
    const hash = textHash(signed, nodePrimitives);
    if (advance) {
      this.sequence = header.sequence;
      this.lastHash = hash;
    }
    const outer = { ...batchEnvelopeHeader(header, hash, this.#node.sealingKey.id), ...forged.outer };
    const plaintext = sealedPlaintext(signed, payload);
    const sealed = await hpkeSealer.seal(this.#node.sealingKey.publicKey, plaintext, envelopeInfo(outer));
    return encodeEnvelope(outer, sealed.enc, sealed.ciphertext);
  }

  /** Takes what the node sends, keeps it, and answers with a signed receipt, as an honest peer does. */
  async take(bytes: Uint8Array): Promise<Uint8Array> {
    const envelope = decodeEnvelope(bytes);
    if (isRefusal(envelope)) throw new Error(envelope.code);
    const { header, info, enc, ciphertext } = envelope;
    const plaintext = await this.keyring.open({ key: header.key, enc, ciphertext, info });
    if (isRefusal(plaintext)) throw new Error(plaintext.code);
    if (header.type === 'keys') {
      this.told.push(fromUtf8(plaintext.subarray(0, plaintext.indexOf(0x0a))) ?? '');
      return this.receipt(header.binding);
    }
    const signed = signedHeaderOf(plaintext) ?? '';
    const inner = JSON.parse(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString()) as BatchHeader;
    const { epoch, through } = this.taken;
    const follows = header.epoch === epoch && header.sequence === through + 1;
    const begins = header.epoch > epoch && header.sequence === 1;
    if (header.type === 'batch' && (follows || begins)) {
      this.taken = { epoch: header.epoch, through: header.sequence, hash: header.binding };
      const payload = plaintext.subarray(signed.length + 1, signed.length + 1 + inner.payloadBytes);
      const { messages } = JSON.parse(Buffer.from(payload).toString()) as { messages: Message[] };
      for (const message of messages) this.received.push({ sequence: header.sequence, message });
    }
    return this.receipt(header.binding);
  }

  /** The claims of a receipt that the node sealed for it. */
  async receiptIn(bytes: Uint8Array): Promise<ReceiptClaims> {
    const envelope = decodeEnvelope(bytes);
    if (isRefusal(envelope)) throw new Error(envelope.code);
    const { header, info, enc, ciphertext } = envelope;
    const plaintext = await this.keyring.open({ key: header.key, enc, ciphertext, info });
    if (isRefusal(plaintext)) throw new Error(plaintext.code);
    const jws = signedHeaderOf(plaintext) ?? '';
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as ReceiptClaims;
  }

  /** A receipt for what it has taken, or for anything else, as the answer to an envelope of the node. */
  async receipt(answers: string | null, change: Partial<ReceiptClaims> = {}): Promise<Uint8Array> {
    const claims: ReceiptClaims = {
      v: 1,
      from: this.keyring.identity.service,
      to: this.#node.service,
      link: this.#link,
      ...this.taken,
      answers,
      ...change,
    };
    const input = jwsSigningInput(receiptType, this.keyring.identity.signingKey.id, canonicalJson({ ...claims }));
    const jws = jwsCompact(input, await this.keyring.sign(input));
    const header = receiptEnvelopeHeader(claims, jws, this.#node.sealingKey.id, nodePrimitives);
    const plaintext = sealedPlaintext(jws, new Uint8Array(0));
    const sealed = await hpkeSealer.seal(this.#node.sealingKey.publicKey, plaintext, envelopeInfo(header));
    return encodeEnvelope(header, sealed.enc, sealed.ciphertext);
  }

  async record(changes: Partial<RecordDraft> = {}): Promise<VerifiedRecord> {
    return this.sign(reportBy(this.keyring.identity.service, changes));
  }

  /** Not through `issue`: a lying peer signs what its kind forbids. */
  async sign(draft: RecordDraft): Promise<VerifiedRecord> {
    const { signingKey } = this.keyring.identity;
    const prepared = arrangeRecord(draft, signingKey.id, randomBytes(entropyNeeded(draft)), nodePrimitives);
    if (isRefusal(prepared)) throw new Error(`the fake peer cannot issue its record: ${prepared.code}`);
    return issueRecord(prepared, await this.keyring.sign(prepared.signingInput), nodePrimitives);
  }

  async recordMessage(changes: Partial<RecordDraft> = {}): Promise<Message & { type: 'record' }> {
    return { type: 'record', sdJwt: serialiseRecord(await this.record(changes)) };
  }

  async agreement(validUntil: string): Promise<VerifiedRecord> {
    const parties = [this.keyring.identity.service, this.#node.service].sort() as [ServiceId, ServiceId];
    return this.record({
      kind: 'agreement',
      purpose: 'administration',
      title: 'Agreement',
      body: {
        parties,
        ceiling: 2,
        compartments: [],
        purposes: ['terrorism-prevention'],
        validFrom: day(-30),
        validUntil,
        oversightIncluded: true,
        suite: '647a-0001-0002',
      },
      marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
      portions: [
        {
          text: 'We work together.',
          nature: 'fact',
          marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
        },
      ],
    });
  }

  async assent(agreement: VerifiedRecord): Promise<VerifiedRecord> {
    const { origin, id, revision, hash } = agreement;
    const reference = { origin, record: id, revision, hash };
    return this.record({
      kind: 'assent',
      purpose: 'administration',
      title: 'Position on an agreement',
      marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
      portions: [],
      body: { decision: 'assent', agreement: reference },
      links: [{ ...reference, type: 'about' }],
    });
  }
}

/** A small, wholly valid report of this service. */
export function reportBy(origin: ServiceId, changes: Partial<RecordDraft> = {}): RecordDraft {
  const marking = {
    level: 1,
    compartments: [],
    handling: [{ code: 'H2', originator: origin }],
    releasableTo: 'any',
  } as const;
  const { grading, ...rest } = { grading: { source: 'B', information: '2' } as const, ...changes };
  return {
    id: recordIdOf(origin, Date.now(), randomBytes(4), nodePrimitives),
    kind: 'report',
    revision: 1,
    previous: null,
    status: 'active',
    origin,
    language: 'ar',
    createdAt: Math.floor(Date.now() / 1_000),
    purpose: 'terrorism-prevention',
    legalBasis: 'Law 1',
    reviewBy: day(300),
    marking,
    title: 'رحلة إلى الحدود',
    desk: 'liaison',
    portions: [{ text: 'شوهد الرجل قرب المعبر.', nature: 'fact', marking }],
    body: { reportType: 'lead', urgency: 'urgent', respondBy: null },
    cites: [],
    links: [],
    ...rest,
    ...(rest.kind === undefined || rest.kind === 'report' ? { grading } : {}),
  };
}

export { day };
