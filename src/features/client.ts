/** The typed client of a node's API, built from the contracts alone; for the screen, the command line and the demo. */
import { type Refusal, type RefusalCode, refuse, ruleOfRefusal } from '#src/protocol/refusal.ts';
import { type Api, api } from './api.ts';
import type { Input, Reply, Route } from './contract.ts';

/** The node refused, and says by which rule. */
export class RefusedByNode extends Error {
  override readonly name = 'RefusedByNode';
  readonly refusal: Refusal;
  readonly status: number;
  constructor(refusal: Refusal, status: number) {
    super(refusal.code);
    this.refusal = refusal;
    this.status = status;
  }
}

/** The node could not be reached, or what answered there does not speak as a node. Nothing may be concluded from it. */
export class NodeUnreachable extends Error {
  override readonly name = 'NodeUnreachable';
  readonly node: string;
  constructor(node: string, options?: ErrorOptions) {
    super(`no answer of a node from ${node}`, options);
    this.node = node;
  }
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Same key, same request: the node gives its first answer again instead of acting twice. */
  readonly idempotencyKey?: string;
}

/** A route that takes nothing is called without input. */
type Arguments<R extends Route> =
  unknown extends Input<R> ? [input?: undefined, options?: CallOptions] : [input: Input<R>, options?: CallOptions];
export type Client = {
  readonly [K in keyof Api]: (...given: Arguments<Api[K]>) => Promise<Reply<Api[K]>>;
};

interface AnyInput {
  readonly params?: { readonly [name: string]: unknown };
  readonly query?: { readonly [name: string]: unknown };
  readonly body?: unknown;
}

/**
 * `node` is the node's address without a trailing slash; the empty string in a browser. Each call throws
 * `RefusedByNode` or `NodeUnreachable`. `fetchImpl` is where a caller adds its own headers.
 */
export function createClient(node: string, fetchImpl: typeof fetch = (...given) => fetch(...given)): Client {
  const callOf =
    (route: Route) =>
    async (input: AnyInput = {}, options: CallOptions = {}): Promise<unknown> => {
      // The node takes a write only with this header, which no foreign page can send.
      const headers: Record<string, string> = { accept: 'application/json', 'x-tansiq': '1' };
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
      const response = await fetchImpl(node + pathOf(route, input), {
        method: route.method,
        headers,
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      }).catch((cause: unknown) => {
        if (options.signal?.aborted) throw cause;
        throw new NodeUnreachable(node, { cause });
      });
      return readAnswer(node, response);
    };
  // The cast holds because the keys are those of the contracts and each call is made from its own route.
  return Object.fromEntries(Object.entries(api).map(([name, route]) => [name, callOf(route)])) as unknown as Client;
}

function pathOf(route: Route, input: AnyInput): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])));
  const query = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query.map(([k, v]) => [k, String(v)]))}`;
}

async function readAnswer(node: string, response: Response): Promise<unknown> {
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw new NodeUnreachable(node, { cause });
  });
  if (response.ok) return answer;
  const refusal = refusalOf(answer);
  if (!refusal) throw new NodeUnreachable(node, { cause: new Error(`HTTP status ${response.status}`) });
  throw new RefusedByNode(refusal, response.status);
}

/** RFC 9457: the members `code`, `at` and `limit` are ours; the sentences are taken from our own catalogue. */
function refusalOf(problem: unknown): Refusal | null {
  if (typeof problem !== 'object' || problem === null) return null;
  const { code, at, limit } = problem as { code?: unknown; at?: unknown; limit?: unknown };
  const known = refusalCode(code);
  if (!known) return null;
  return refuse(known, {
    ...(typeof at === 'string' ? { at } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  });
}

/** A code as a node gave it, if it is one of ours. */
export function refusalCode(code: unknown): RefusalCode | null {
  return typeof code === 'string' && Object.hasOwn(ruleOfRefusal, code) ? (code as RefusalCode) : null;
}
