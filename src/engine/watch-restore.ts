/** EXC-4: a database that is older than the node's home says so at once, before any partner does. */
import { isRefusal } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { beginRecovery, nodeLine } from './recovery.ts';
import { resumeLink } from './resume-link.ts';

const everyMs = 30_000;

/** Compares at the start, then follows the journal. Returns the way to stop, which writes once more. */
export async function watchForRestore(deps: EngineDeps): Promise<() => Promise<void>> {
  const { sentinel, store, clock } = deps;
  if (!sentinel) return async () => {};
  let written = await sentinel.read();
  const length = () => store.unit((unit) => unit.journalLength());
  if ((await length()) < written) {
    const partners = await store.unit(async (unit) => {
      await unit.appendJournal(nodeLine('recovery.database-older', null, clock.now()));
      await beginRecovery(unit, clock.now());
      return unit.partners();
    });
    // A link hears from its peer which batches it has. What goes by hand cannot wait for that, and begins anew.
    for (const { id, carrier } of partners) {
      const resumed = carrier === 'link' ? null : await resumeLink(id, deps);
      if (isRefusal(resumed)) throw new Error(`a partner's link cannot begin anew: ${resumed.code}`);
    }
    written = 0;
  }
  const follow = async () => {
    const now = await length();
    if (now <= written) return;
    await sentinel.write(now);
    written = now;
  };
  await follow();
  const timer = setInterval(() => void follow().catch((error) => deps.onFault?.(error)), everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await follow();
  };
}
