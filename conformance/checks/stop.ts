/** EXC-4: contradictions. They stop the link, so they come last. */
import { type Check, check, mustBe } from '../check.ts';

export const stopChecks: readonly Check[] = [
  check('EXC-4', 'stops at two batches under one sequence', async (peer) => {
    const sequence = peer.sequence;
    const again = await peer.answerTo([{ type: 'conformance-other' }], { header: { sequence }, outer: { sequence } });
    mustBe(again, 'sequence-reused', 'the second batch');
  }),
  check('EXC-4', 'takes nothing more on a stopped link', async (peer) => {
    mustBe(await peer.answerTo([{ type: 'conformance-fence' }]), 'link-stopped', 'a batch after the stop');
  }),
];
