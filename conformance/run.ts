import type { Check } from './check.ts';
import { recordChecks } from './checks/records.ts';
import { stopChecks } from './checks/stop.ts';
import { wireChecks } from './checks/wire.ts';
import type { Peer } from './peer.ts';

export interface Verdict {
  readonly rule: string;
  readonly says: string;
  /** Null: the node does what it must. */
  readonly failed: string | null;
}

/** In this order: the last checks stop the link, after which nothing more is taken. */
export const allChecks: readonly Check[] = [...wireChecks, ...recordChecks, ...stopChecks];

export async function runChecks(peer: Peer, tell: (verdict: Verdict) => void): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { rule, says, run } of allChecks) {
    const failed = await run(peer).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const verdict = { rule, says, failed };
    tell(verdict);
    verdicts.push(verdict);
  }
  return verdicts;
}
