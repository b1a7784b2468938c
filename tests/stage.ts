/** Gives one run of the tests a directory for what is staged once, and takes it away at the end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

export default async function giveStage(project: TestProject): Promise<() => Promise<void>> {
  const stage = await mkdtemp(join(tmpdir(), 'tansiq-stage-'));
  project.provide('stage', stage);
  return () => rm(stage, { recursive: true, force: true });
}
