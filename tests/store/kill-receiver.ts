// Receives for ever, as the exchange does: each unit takes one batch and stores one record. Says first what it holds,
// then each sequence only after its commit. The test kills this process at any moment and starts it again.
import { writeSync } from 'node:fs';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { draftOf, testRecordId } from '#tests/record/drafts.ts';
import { issueAs, party } from '#tests/record/parties.ts';

const [home = '', peer = ''] = process.argv.slice(2);
const { database, store } = await openPostgres({ home });
const by = party('sender');

const held = await database.asActor({ kind: 'node' }, async (tx) => {
  const batches = await tx.selectFrom('batch_in').select(['sequence', 'hash']).orderBy('sequence').execute();
  const whole = await tx
    .selectFrom('record_revision as r')
    .innerJoin('record_desk as d', 'd.record_id', 'r.record_id')
    .innerJoin('disclosure as title', 'title.hash', 'r.hash')
    .select('r.hash')
    .where('title.path', '=', 'title')
    .execute();
  return { batches, whole: whole.map(({ hash }) => hash) };
});
writeSync(1, `${JSON.stringify(held)}\n`);

for (let sequence = (held.batches.at(-1)?.sequence ?? 0) + 1; ; sequence++) {
  const id = testRecordId(by, sequence);
  const record = issueAs(by, draftOf(by, { id, title: `record ${sequence}` }));
  await store.unit(async (unit) => {
    await unit.recordTakenBatch(peer, { epoch: 1, sequence, hash: record.hash, signedHeader: '-' }, Date.now());
    await unit.putRecord(record, peer, Date.now());
    await unit.putOnDesk(record.id, 'liaison', null, Date.now());
  });
  // Synchronous: what is said is out before the next unit begins
  writeSync(1, `stored ${sequence} ${record.hash}\n`);
}
