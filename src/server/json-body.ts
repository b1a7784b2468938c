import type { FastifyInstance } from 'fastify';
import { fromUtf8 } from '#src/protocol/encoding.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { jsonDepth, namesPrototype } from './json-depth.ts';
import { Refused } from './refused.ts';

export const inputLimits = {
  /** A report at the record's own limit, with room for JSON's escapes. */
  bodyBytesMax: 6 * 1024 * 1024,
  /** Sign-in, set-up and what else comes from nobody we know yet. */
  openBodyBytesMax: 16 * 1024,
  depthMax: 16,
} as const;

/** JSON alone is read, as strict UTF-8; anything else is refused before it is looked at (ADM-2). */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) => {
    if (bytes.length === 0) return undefined;
    if (jsonDepth(bytes, inputLimits.depthMax) > inputLimits.depthMax) {
      throw new Refused(refuse('input-too-deep', { limit: inputLimits.depthMax }));
    }
    const text = fromUtf8(bytes);
    const value = text === null ? undefined : parsed(text);
    if (value === undefined || namesPrototype(value)) throw new Refused(refuse('input-invalid'));
    return value;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
