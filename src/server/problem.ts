/** The only map from what went wrong to an RFC 9457 problem. Nothing of the request's or the record's content is in it. */
import type { FastifyReply } from 'fastify';
import type { Language } from '#src/protocol/primitives.ts';
import type { Refusal, RefusalCode } from '#src/protocol/refusal.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import { type Fault, faults } from './fault.ts';

export const problemContentType = 'application/problem+json; charset=utf-8';

export interface Problem {
  /** A relative reference that names the kind of problem, as RFC 9457 §3.1.1 allows. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly rule?: string;
  readonly at?: string;
  readonly limit?: number;
  readonly requestId: string;
}

/** What is not here answers 422: understood, and refused by a rule. */
const statusOf: { readonly [C in RefusalCode]?: number } = {
  'input-invalid': 400,
  'input-too-deep': 400,
  'record-title-too-long': 400,
  'passphrase-too-weak': 400,
  'passphrase-common': 400,
  'passphrase-wrong': 403,
  'envelope-malformed': 400,
  'sign-in-required': 401,
  'sign-in-failed': 401,
  'not-allowed': 403,
  'request-forged': 403,
  'peer-unknown': 403,
  'peer-unconfirmed': 403,
  'not-found': 404,
  'edit-conflict': 409,
  'already-decided': 409,
  'login-taken': 409,
  'set-up-already-done': 409,
  'idempotency-key-reused': 409,
  'sequence-gap': 409,
  'sequence-reused': 409,
  'sequence-chain-broken': 409,
  'epoch-unknown': 409,
  'link-stopped': 409,
  'node-cloned': 409,
  'node-recovering': 409,
  'link-window-full': 409,
  'input-too-large': 413,
  'envelope-too-large': 413,
  'rate-exceeded': 429,
  'sign-in-slowed': 429,
};

export const statusOfRefusal = (code: RefusalCode): number => statusOf[code] ?? 422;

export function problemOf(refusal: Refusal, language: Language, requestId: string, status?: number): Problem {
  const { says, next } = refusalSentences(refusal, language);
  return {
    type: `/problems/${refusal.code}`,
    title: says,
    status: status ?? statusOfRefusal(refusal.code),
    detail: next,
    code: refusal.code,
    rule: refusal.rule,
    ...(refusal.at !== undefined && { at: refusal.at }),
    ...(refusal.limit !== undefined && { limit: refusal.limit }),
    requestId,
  };
}

export function problemOfFault(fault: Fault, language: Language, requestId: string): Problem {
  const { status, text } = faults[fault];
  const { says, next } = text[language];
  return { type: `/problems/${fault}`, title: says, status, detail: next, code: fault, requestId };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', problemContentType)
    .header('cache-control', 'no-store')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}
