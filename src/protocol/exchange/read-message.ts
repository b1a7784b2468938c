import { fromBase64url } from '../encoding.ts';
import type { Json, RecordHash } from '../primitives.ts';
import { recordLimits } from '../record/record.ts';
import { type RefusalCode, ruleOfRefusal } from '../refusal.ts';
import { hasExactly, isCount, isHash, isObject, isSequence, isUnixMs } from './forms.ts';
import { type Message, messageLimits } from './message.ts';
import { recoveryPageMax } from './recovery.ts';
import { exchangeLimits } from './state.ts';

/** X-Wing's encapsulated key: 1120 bytes in base64url. */
const encCharacters = 1_494;
/** base64url of as many bytes as a letter's ciphertext may have. */
const letterCharactersMax = Math.ceil((messageLimits.letterBytesMax * 4) / 3);

/** One message as a peer wrote it, or the code with which it goes back. What it carries is verified later. */
export function readMessage(value: Json | undefined): Message | RefusalCode {
  if (!isObject(value)) return 'payload-malformed';
  switch (value.type) {
    case 'record':
    case 'returned': {
      const text = readText(value, 'sdJwt', recordLimits.bytesMax);
      return text.refused ?? { type: value.type, sdJwt: text.read };
    }
    case 'refusal':
      return readRefusal(value);
    case 'read-notice':
      return readNotice(value);
    case 'revision': {
      const text = readText(value, 'jwt', messageLimits.revisionCharactersMax);
      return text.refused ?? { type: 'revision', jwt: text.read };
    }
    case 'revision-wanted':
      return hasExactly(value, ['type', 'record']) && isHash(value.record)
        ? { type: 'revision-wanted', record: value.record }
        : 'payload-malformed';
    case 'card': {
      const text = readText(value, 'card', messageLimits.cardCharactersMax);
      return text.refused ?? { type: 'card', card: text.read };
    }
    case 'holding':
    case 'keys': {
      const text = readText(value, 'statement', messageLimits.statementCharactersMax);
      return text.refused ?? { type: value.type, statement: text.read };
    }
    case 'letter':
      return readLetter(value);
    case 'recovery-wanted':
      return hasExactly(value, ['type', 'after']) && isPlace(value.after)
        ? { type: 'recovery-wanted', after: value.after }
        : 'payload-malformed';
    case 'copies': {
      if (!hasExactly(value, ['type', 'after', 'hashes']) || !isPlace(value.after)) return 'payload-malformed';
      return isPage(value.hashes) ? { type: 'copies', after: value.after, hashes: value.hashes } : 'payload-malformed';
    }
    case 'copies-wanted': {
      if (!hasExactly(value, ['type', 'hashes']) || !isPage(value.hashes)) return 'payload-malformed';
      return value.hashes.length > 0 ? { type: 'copies-wanted', hashes: value.hashes } : 'payload-malformed';
    }
    default:
      return typeof value.type === 'string' ? 'message-type-unknown' : 'payload-malformed';
  }
}

const isPlace = (value: Json | undefined): value is RecordHash | null => value === null || isHash(value);

/** EXC-4: hashes of records, each once. */
function isPage(value: Json | undefined): value is RecordHash[] {
  return (
    Array.isArray(value) &&
    value.length <= recoveryPageMax &&
    value.every(isHash) &&
    new Set(value).size === value.length
  );
}

/** ADM-1: nothing is ever said about a refusal, or two nodes would refuse each other's refusals without end. */
export function mayBeRefused(value: Json | undefined): boolean {
  return !(isObject(value) && value.type === ('refusal' satisfies Message['type']));
}

type Text =
  | { readonly refused: RefusalCode; readonly read?: never }
  | { readonly refused?: never; readonly read: string };

/** A message that is one text beside its type. */
function readText(value: Json, field: string, charactersMax: number): Text {
  if (!hasExactly(value, ['type', field])) return { refused: 'payload-malformed' };
  const text = value[field];
  if (typeof text !== 'string' || text === '') return { refused: 'payload-malformed' };
  return text.length > charactersMax ? { refused: 'record-too-large' } : { read: text };
}

function readRefusal(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'epoch', 'sequence', 'index', 'record', 'code'])) return 'payload-malformed';
  const { epoch, sequence, index, record, code } = value;
  if (!isSequence(epoch) || !isSequence(sequence) || !isCount(index) || index >= exchangeLimits.messagesPerBatchMax) {
    return 'payload-malformed';
  }
  if (!(record === null || isHash(record)) || !isRefusalCode(code)) return 'payload-malformed';
  return { type: 'refusal', epoch, sequence, index, record, code };
}

function readNotice(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'record', 'readAt'])) return 'payload-malformed';
  const { record, readAt } = value;
  if (!isHash(record) || !isUnixMs(readAt)) return 'payload-malformed';
  return { type: 'read-notice', record, readAt };
}

/** EXC-5: only its form; who may carry it, and what is in it, come later. */
function readLetter(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'to', 'key', 'enc', 'ciphertext'])) return 'payload-malformed';
  const { to, key, enc, ciphertext } = value;
  if (!isHash(to) || !isHash(key) || typeof enc !== 'string' || typeof ciphertext !== 'string') {
    return 'payload-malformed';
  }
  if (ciphertext.length > letterCharactersMax) return 'letter-too-large';
  if (enc.length !== encCharacters || fromBase64url(enc) === null) return 'payload-malformed';
  if (ciphertext === '' || fromBase64url(ciphertext) === null) return 'payload-malformed';
  return { type: 'letter', to, key, enc, ciphertext };
}

function isRefusalCode(value: Json | undefined): value is RefusalCode {
  return typeof value === 'string' && Object.hasOwn(ruleOfRefusal, value);
}
