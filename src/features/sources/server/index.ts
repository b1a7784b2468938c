import type { Database, Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import { nameResolved } from '../../resolving.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import type { SourceStep, SourcesView, sources } from '../contract.ts';
import { citationsAround, citationsMax, stepsEachWayMax, type VisibleCitation } from './citations.ts';
import { sameSource } from './same-source.ts';

/** More than a person could follow; the nearest are shown. */
const othersMax = 100;

export function sourceRoutes({ database }: { readonly database: Database }): Handlers<typeof sources> {
  return {
    getSources({ params }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        // COR-3: who resolves a quarantined record must see what draws on it.
        await nameResolved(database, tx, params.id);
        const citations = await citationsAround(tx, params.id);
        const around = citations.flatMap(({ citing, cited }) => [citing, cited]);
        const seen = await seenRecords(tx, params.id, around);
        const start = seen.get(params.id);
        return start === undefined ? refuse('not-found') : viewOf(start, citations, seen, await serviceBriefs(tx));
      });
    },
  };
}

type Seen = Awaited<ReturnType<typeof seenRecords>>;
type SeenRecord = NonNullable<ReturnType<Seen['get']>>;

/** The current revisions that the reader sees; of quarantined ones none but the one that is asked for. */
async function seenRecords(tx: Tx, start: RecordId, around: readonly RecordId[]) {
  const rows = await tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .leftJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'head.hash').on('title.path', '=', 'title'),
    )
    .select(['head.record_id as record', 'head.kind', 'head.revision', 'head.origin'])
    .select(['revision.language', 'revision.stored_at', 'title.value as title'])
    .where('head.record_id', 'in', [...new Set([start, ...around])])
    .where(({ or, eb }) => or([eb('head.state', '=', 'active'), eb('head.record_id', '=', start)]))
    .execute();
  return new Map(rows.map((row) => [row.record, row]));
}

function viewOf(start: SeenRecord, citations: readonly VisibleCitation[], seen: Seen, briefs: Briefs): SourcesView {
  const cited = new Map(citations.map((citation) => [citation.cited, citation]));
  const step = (record: RecordId): SourceStep => {
    const known = seen.get(record);
    if (known !== undefined) {
      const { kind, language, revision, title } = known;
      const shown = typeof title === 'string' ? title : null;
      return { record, revision, origin: briefs(known.origin), title: shown, kind, language };
    }
    const reference = cited.get(record);
    if (reference === undefined) throw new Error('a record on a path is neither seen nor cited');
    const { revision, origin } = reference;
    return { record, revision, origin: briefs(origin), title: null, kind: null, language: null };
  };
  const { record, stored_at } = start;
  const others = sameSource(citations, record, 2 * stepsEachWayMax).flatMap(({ other, root, pathHere, pathThere }) => {
    const known = seen.get(other);
    // What the reader may not see is a source of what he sees, and no report that he could count twice.
    if (known === undefined) return [];
    const at = new Date(Math.max(stored_at.getTime(), known.stored_at.getTime())).toISOString();
    const [here, there] = [pathHere.map(step), pathThere.map(step)];
    return [{ other: step(other), root: step(root), pathHere: here, pathThere: there, at }];
  });
  return {
    // The revision that is cited, which may not be the current one.
    cites: citations
      .filter(({ citing }) => citing === record)
      .map(({ cited: source, revision }) => ({ ...step(source), revision })),
    citedBy: citations.filter((citation) => citation.cited === record).map(({ citing }) => step(citing)),
    sameSource: others.slice(0, othersMax),
    more: others.length > othersMax || citations.length === citationsMax,
  };
}
