import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { base64url, fromBase64url, utf8 } from '../encoding.ts';
import type { KeyId, Primitives, ServiceId } from '../primitives.ts';
import { type Refusal, type RefusalCode, refuse } from '../refusal.ts';
import { hasExactly, isHash, textHash } from './forms.ts';
import { type Letter, type LetterMessage, letterTypes, messageLimits } from './message.ts';
import { padmeLength } from './plaintext.ts';
import { readMessage } from './read-message.ts';
import { exchangeLimits, sealingSuite } from './state.ts';

/** HPKE's `info` of a letter (EXC-5): binds the sealed part to whom it is for, whatever a relay writes outside. */
export function letterInfo({ to, key }: Pick<Letter, 'to' | 'key'>): Uint8Array {
  return utf8(canonicalJson({ v: 1, type: 'letter', suite: sealingSuite, to, key }));
}

/** What is sealed: canonical JSON, then zero bytes up to the Padmé length. */
export function letterPlaintext(from: ServiceId, messages: readonly LetterMessage[]): Uint8Array {
  const content = utf8(canonicalJson({ from, messages }));
  const padded = new Uint8Array(padmeLength(content.length));
  padded.set(content);
  return padded;
}

/** Puts a sealed letter into its message. Refuses one that no relay would carry. */
export function letterOf(
  to: ServiceId,
  key: KeyId,
  sealed: { readonly enc: Uint8Array; readonly ciphertext: Uint8Array },
): Letter | Refusal {
  const limit = messageLimits.letterBytesMax;
  if (sealed.ciphertext.length > limit) return refuse('letter-too-large', { limit });
  return { type: 'letter', to, key, enc: base64url(sealed.enc), ciphertext: base64url(sealed.ciphertext) };
}

/** The sealed part of a letter whose form was read: its base64url is canonical. */
export function sealedPartOf(letter: Letter): { enc: Uint8Array; ciphertext: Uint8Array } {
  const [enc, ciphertext] = [fromBase64url(letter.enc), fromBase64url(letter.ciphertext)];
  if (enc === null || ciphertext === null) throw new TypeError('a letter that was never read');
  return { enc, ciphertext };
}

/** The same for whoever carries it, so that a letter is carried on once. */
export function letterHash(letter: Letter, primitives: Primitives): string {
  return textHash(`${letter.to} ${letter.key} ${letter.enc} ${letter.ciphertext}`, primitives);
}

export interface OpenedLetter {
  /** As the letter says. Nothing proves it: what counts is what each message proves by its own signature. */
  readonly from: ServiceId;
  /** In order; one that no letter may hold stands as the code that refuses it alone (ADM-1). */
  readonly messages: readonly (LetterMessage | RefusalCode)[];
}

/** Reads an opened letter: its canonical form and its exact padding, then each message by itself. Never throws. */
export function readLetter(plaintext: Uint8Array): OpenedLetter | Refusal {
  let end = plaintext.length;
  while (end > 0 && plaintext[end - 1] === 0) end--;
  // JSON ends in a brace, so the last byte that is not zero is the content's.
  if (plaintext.length !== padmeLength(end)) return refuse('letter-malformed');
  const value = parseCanonicalJson(plaintext.subarray(0, end), {
    depthMax: exchangeLimits.payloadDepthMax,
    bytesMax: messageLimits.letterBytesMax,
  });
  if (!hasExactly(value, ['from', 'messages'])) return refuse('letter-malformed');
  const { from, messages } = value;
  if (!isHash(from) || !Array.isArray(messages) || messages.length === 0) return refuse('letter-malformed');
  if (messages.length > exchangeLimits.messagesPerBatchMax) return refuse('letter-malformed');
  return { from, messages: messages.map(readLetterMessage) };
}

function readLetterMessage(value: Parameters<typeof readMessage>[0]): LetterMessage | RefusalCode {
  const message = readMessage(value);
  if (typeof message === 'string') return message;
  return isLetterMessage(message) ? message : 'letter-malformed';
}

function isLetterMessage(message: { readonly type: string }): message is LetterMessage {
  return (letterTypes as readonly string[]).includes(message.type);
}
