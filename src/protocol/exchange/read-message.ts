import type { Json } from '../primitives.ts';
import { recordLimits } from '../record/record.ts';
import { type RefusalCode, ruleOfRefusal } from '../refusal.ts';
import { hasExactly, isCount, isHash, isObject, isSequence, isUnixMs } from './forms.ts';
import type { Message } from './message.ts';
import { exchangeLimits } from './state.ts';

/** One message as a peer wrote it, or the code with which it goes back. Its record is verified later, at admission. */
export function readMessage(value: Json | undefined): Message | RefusalCode {
  if (!isObject(value)) return 'payload-malformed';
  switch (value.type) {
    case 'record':
      return readRecord(value);
    case 'refusal':
      return readRefusal(value);
    case 'read-notice':
      return readNotice(value);
    default:
      return typeof value.type === 'string' ? 'message-type-unknown' : 'payload-malformed';
  }
}

/** ADM-1: nothing is ever said about a refusal, or two nodes would refuse each other's refusals without end. */
export function mayBeRefused(value: Json | undefined): boolean {
  return !(isObject(value) && value.type === ('refusal' satisfies Message['type']));
}

function readRecord(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'sdJwt'])) return 'payload-malformed';
  const { sdJwt } = value;
  if (typeof sdJwt !== 'string' || sdJwt === '') return 'payload-malformed';
  if (sdJwt.length > recordLimits.bytesMax) return 'record-too-large';
  return { type: 'record', sdJwt };
}

function readRefusal(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'sequence', 'index', 'record', 'code'])) return 'payload-malformed';
  const { sequence, index, record, code } = value;
  if (!isSequence(sequence) || !isCount(index) || index >= exchangeLimits.messagesPerBatchMax) {
    return 'payload-malformed';
  }
  if (!(record === null || isHash(record)) || !isRefusalCode(code)) return 'payload-malformed';
  return { type: 'refusal', sequence, index, record, code };
}

function readNotice(value: Json): Message | RefusalCode {
  if (!hasExactly(value, ['type', 'record', 'readAt'])) return 'payload-malformed';
  const { record, readAt } = value;
  if (!isHash(record) || !isUnixMs(readAt)) return 'payload-malformed';
  return { type: 'read-notice', record, readAt };
}

function isRefusalCode(value: Json | undefined): value is RefusalCode {
  return typeof value === 'string' && Object.hasOwn(ruleOfRefusal, value);
}
