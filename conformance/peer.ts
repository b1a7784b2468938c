/** The suite as a peer of the node under test: real keys, a real address, and nothing but the wire between the two. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { envelopeContentType, exchangePath } from '#src/adapters/http-transport.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { ServiceCard } from '#src/engine/service-card.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { decodeEnvelope, encodeEnvelope, envelopeInfo } from '#src/protocol/exchange/envelope.ts';
import { textHash } from '#src/protocol/exchange/forms.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext, signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { queryType } from '#src/protocol/exchange/query.ts';
import { type ReceiptClaims, sealingSuite } from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { FakePeer, type Forged } from '#tests/engine/fake-peer.ts';
import { NotConformant } from './check.ts';

/** What the node answered an envelope with: a receipt that verifies, or a problem (RFC 9457) with its code. */
export type Answer = { readonly receipt: ReceiptClaims } | { readonly status: number; readonly code: string };

export class Peer extends FakePeer {
  readonly node: ServiceCard;
  readonly #server: Server;
  readonly #nodeUrl: string;

  private constructor(keyring: Keyring, node: ServiceCard, nodeUrl: string, server: Server) {
    super(keyring, {
      service: node.service,
      inceptionKey: node.inceptionKey,
      signingKey: { id: Object.keys(node.signingKeys)[0] ?? '', publicKey: node.inceptionKey },
      sealingKey: node.sealingKey,
    });
    this.node = node;
    this.#nodeUrl = nodeUrl.replace(/\/$/, '');
    this.#server = server;
  }

  /** Listens for what the node sends. The node must reach `host` and `port`. */
  static async listen(
    keyring: Keyring,
    node: ServiceCard,
    nodeUrl: string,
    at: { host: string; port: number },
  ): Promise<Peer> {
    const server = createServer();
    const peer = new Peer(keyring, node, nodeUrl, server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      try {
        const answer = await peer.take(new Uint8Array(Buffer.concat(chunks)));
        response.writeHead(200, { 'content-type': envelopeContentType }).end(answer);
      } catch (error) {
        response.writeHead(400).end(error instanceof Error ? error.message : '');
      }
    });
    await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve));
    return peer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Any HTTP request to the node's exchange address. */
  http(init: RequestInit): Promise<Response> {
    return fetch(`${this.#nodeUrl}/${exchangePath}`, { redirect: 'manual', ...init });
  }

  async post(envelope: Uint8Array): Promise<Answer> {
    const response = await this.http({
      method: 'POST',
      headers: { 'content-type': envelopeContentType },
      body: new Uint8Array(envelope),
    });
    const type = response.headers.get('content-type')?.split(';')[0];
    const body = new Uint8Array(await response.arrayBuffer());
    if (response.status === 200 && type === envelopeContentType) return { receipt: await this.#open(body) };
    if (type !== 'application/problem+json') {
      throw new NotConformant(`HTTP ${response.status} of type ${type} is neither a receipt nor a problem (RFC 9457)`);
    }
    const { code } = JSON.parse(Buffer.from(body).toString()) as { code?: string };
    return { status: response.status, code: code ?? '' };
  }

  /** Sends one batch and waits until the node has answered for each of its messages: a refusal's code, or null. */
  async outcomes(messages: readonly Json[]): Promise<(string | null)[]> {
    // The last message is of a type that no node knows: once it is refused, all before it have been dealt with.
    const answer = await this.post(await this.envelope([...messages, { type: 'conformance-fence' }]));
    if (!('receipt' in answer)) throw new NotConformant(`a valid batch was refused: ${answer.code}`);
    const { sequence } = this;
    const refusals = () =>
      this.received.flatMap(({ message }) =>
        message.type === 'refusal' && message.sequence === sequence ? [[message.index, message.code] as const] : [],
      );
    for (let waited = 0; waited < 20_000; waited += 20) {
      const codes = new Map(refusals());
      if (codes.has(messages.length)) return messages.map((_, index) => codes.get(index) ?? null);
      await sleep(20);
    }
    throw new NotConformant('no refusal of a message of unknown type came back within 20 s (ADM-1)');
  }

  /** A batch that may be forged in any way, as the node answers it. */
  async answerTo(messages: readonly Json[], forged?: Forged, advance = false): Promise<string> {
    const answer = await this.post(await this.envelope(messages, forged, advance));
    return 'code' in answer ? answer.code : 'receipt';
  }

  /** EXC-4: asks what the node has of us. */
  async query(): Promise<{ binding: string; answer: Answer }> {
    const { link } = initialLink(this.keyring.identity.service, this.node.service, nodePrimitives);
    const [from, to] = [this.keyring.identity.service, this.node.service];
    const claims = {
      v: 1,
      from,
      to,
      link,
      epoch: this.epoch,
      next: this.sequence + 1,
      takenEpoch: this.taken.epoch,
      takenThrough: this.taken.through,
      nonce: base64url(randomBytes(32)),
    };
    const input = jwsSigningInput(queryType, this.keyring.identity.signingKey.id, canonicalJson(claims));
    const jws = jwsCompact(input, await this.keyring.sign(input));
    const binding = textHash(jws, nodePrimitives);
    const header = {
      v: 1,
      suite: sealingSuite,
      type: 'query',
      from,
      to,
      link,
      key: this.node.sealingKey.id,
      epoch: claims.epoch,
      sequence: claims.next,
      binding,
    } as const;
    const sealed = await hpkeSealer.seal(
      this.node.sealingKey.publicKey,
      sealedPlaintext(jws, new Uint8Array(0)),
      envelopeInfo(header),
    );
    return { binding, answer: await this.post(encodeEnvelope(header, sealed.enc, sealed.ciphertext)) };
  }

  /** Messages of one type that the node has sent us. */
  sent<T extends Message['type']>(type: T): Extract<Message, { type: T }>[] {
    return this.received.flatMap(({ message }) =>
      message.type === type ? [message as Extract<Message, { type: T }>] : [],
    );
  }

  async #open(bytes: Uint8Array): Promise<ReceiptClaims> {
    const envelope = decodeEnvelope(bytes);
    if (isRefusal(envelope)) throw new NotConformant(`the answer is no envelope: ${envelope.code}`);
    const { header, info, enc, ciphertext } = envelope;
    const plaintext = await this.keyring.open({ key: header.key, enc, ciphertext, info });
    if (isRefusal(plaintext)) throw new NotConformant(`the answer cannot be opened: ${plaintext.code}`);
    const [, payload = '', signature = ''] = (signedHeaderOf(plaintext) ?? '').split('.');
    const signed = signedHeaderOf(plaintext) ?? '';
    const input = Buffer.from(signed.slice(0, signed.lastIndexOf('.')), 'ascii');
    if (!nodePrimitives.ed25519Verify(this.node.inceptionKey, input, Buffer.from(signature, 'base64url'))) {
      throw new NotConformant('the receipt is not signed by the node');
    }
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as ReceiptClaims;
  }
}
