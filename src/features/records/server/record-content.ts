/** What a reader sees inside one revision: the disclosures that this copy holds and this reader may see, by their place. */
import type { Tx } from '#src/ports/database.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { Json, RecordHash } from '#src/protocol/primitives.ts';
import type { StoredMarking } from '../../marking-view.ts';

export interface VisiblePortion {
  readonly index: number;
  readonly text: string;
  readonly nature: string;
  readonly marking: StoredMarking;
}
export interface RecordContent {
  readonly title: string | null;
  readonly desk: string | null;
  readonly body: { readonly [field: string]: Json };
  readonly portions: readonly VisiblePortion[];
}

/** The form of a portion's disclosure, which `verifyRecord` held it to before it was stored. */
interface PortionValue {
  readonly text: string;
  readonly nature: string;
  readonly marking: Pick<StoredMarking, 'level' | 'compartments' | 'tlp' | 'pap'> & {
    readonly handling: readonly Handling[];
  };
}

export async function recordContent(tx: Tx, hash: RecordHash): Promise<RecordContent> {
  const rows = await tx
    .selectFrom('disclosure')
    .select(['path', 'value', 'releasable_to'])
    .where('hash', '=', hash)
    .execute();
  const text = (path: string) => {
    const value = rows.find((row) => row.path === path)?.value;
    return typeof value === 'string' ? value : null;
  };
  const under = (place: string) =>
    rows
      .filter(({ path }) => path.startsWith(`${place}/`))
      .map(({ path, ...row }) => ({ ...row, name: path.slice(place.length + 1) }));
  return {
    title: text('title'),
    desk: text('desk'),
    body: Object.fromEntries(under('body').map(({ name, value }) => [name, value])),
    portions: under('portions')
      .map(({ name, value, releasable_to }) => portionOf(Number(name), value as unknown as PortionValue, releasable_to))
      .sort((a, b) => a.index - b.index),
  };
}

function portionOf(
  index: number,
  { text, nature, marking }: PortionValue,
  releasable: string[] | null,
): VisiblePortion {
  return { index, text, nature, marking: { ...marking, releasable } };
}
