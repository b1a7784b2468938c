import type { Refusal } from '#src/protocol/refusal.ts';

/** Carries a refusal out of a fastify hook or parser, where only an error can stop the request. Never used elsewhere. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  /** Where the refusal's usual HTTP status does not fit, e.g. 415. */
  readonly status: number | undefined;
  constructor(refusal: Refusal, status?: number) {
    super(refusal.code);
    this.refusal = refusal;
    this.status = status;
  }
}
