import type { ReleasePlan } from '#src/engine/release.ts';
import type { Tx } from '#src/ports/database.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, ruleOfRefusal } from '#src/protocol/refusal.ts';
import type { ReleasePreview } from '../contract.ts';

/** Release plans in the words of the screen: which portions go, which do not and why. */
export async function previewsOf(
  tx: Tx,
  record: VerifiedRecord,
  plans: readonly ReleasePlan[],
): Promise<ReleasePreview[]> {
  if (plans.length === 0) return [];
  const ids = plans.map((plan) => plan.recipient);
  const rows = await tx.selectFrom('service').select(['id', 'code', 'names']).where('id', 'in', ids).execute();
  const services = new Map(rows.map((row) => [row.id, row]));
  return plans.map(({ recipient, plan }) => {
    const service = services.get(recipient);
    if (!service) throw new Error('a release names a service that is not known');
    if (isRefusal(plan)) {
      const refusal = { code: plan.code, rule: plan.rule };
      return { recipient: service, portions: [], withheld: [], refusal };
    }
    const going = new Set(plan.digests);
    return {
      recipient: service,
      portions: record.disclosures.filter(({ digest }) => going.has(digest)).flatMap(({ path }) => portionOf(path)),
      withheld: plan.portionsWithheld.map(({ portion, code }) => ({ portion, code, rule: ruleOfRefusal[code] })),
      refusal: null,
    };
  });
}

function portionOf(path: string): number[] {
  return path.startsWith('portions/') ? [Number(path.slice('portions/'.length))] : [];
}
