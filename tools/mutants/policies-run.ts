import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSchemaFiles } from '#src/adapters/postgres/schema/files.ts';
import { openMatrix } from '#tests/access/open-matrix.ts';
import { policyMutants } from './policies.ts';
import { equivalentPolicies } from './survivors.ts';

/** Weakens every clause of the access policies in turn, and says which of them nobody noticed. Resolves with whether all were. */
export async function runPolicyMutants(pattern: RegExp): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'tansiq-mutants-'));
  const matrix = await openMatrix(home);
  try {
    const mutants = (await policyMutants((await readSchemaFiles()).policies)).filter(({ name }) => pattern.test(name));
    let [noticed, equivalent] = [0, 0];
    const survivors: string[] = [];
    const spent = new Set(Object.keys(equivalentPolicies).filter((name) => pattern.test(name)));
    for (const { name, sql, roles } of mutants) {
      const found = await matrix.differences({ change: sql, first: roles, most: 1 });
      if (found.length > 0) noticed++;
      else if (equivalentPolicies[name] !== undefined) equivalent++;
      else survivors.push(name);
      if (found.length === 0) spent.delete(name);
    }
    for (const name of survivors) console.log(`not noticed: ${name}`);
    for (const name of spent) console.log(`noticed, so no longer equivalent: ${name}`);
    console.log(
      `${mutants.length} mutants: ${noticed} noticed, ${equivalent} equivalent, ${survivors.length} not noticed`,
    );
    return survivors.length + spent.size === 0 && mutants.length > 0;
  } finally {
    await matrix.close();
    await rm(home, { recursive: true, force: true });
  }
}
