/** REC-6: what founds trust, permits or corrects says nothing but its own fields, under whatever is agreed or not. */
import type { LinkType, RecordDraft, VerifiedRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What a record of such a kind may have beside the fields of its body. */
export interface NothingElse {
  /** `names`: one of those in its body. `own`: its title is a field of its own. */
  readonly titles: readonly string[] | 'names' | 'own';
  /** Its text is its portions. */
  readonly portions: boolean;
  readonly links: readonly LinkType[];
}

type Said = Pick<VerifiedRecord, 'title' | 'body' | 'portions' | 'cites' | 'links' | 'grading' | 'marking'>;

/** Null: it says nothing else. Refusals: `record-says-more`. */
export function problemOfMore(record: Said | RecordDraft, { titles, portions, links }: NothingElse): Refusal | null {
  const conditions = [record.marking, ...record.portions.map(({ marking }) => marking)].flatMap(
    ({ handling }) => handling,
  );
  const says = [
    ['/portions', !portions && record.portions.length > 0],
    ['/cites', record.cites.length > 0],
    ['/links', record.links.some(({ type }) => !links.includes(type))],
    ['/grading', record.grading !== undefined],
    ['/title', !isTitle(record.title, titles, record.body)],
    // A condition's note is free text, and nothing here has a condition.
    ['/marking/handling', conditions.length > 0],
  ] as const;
  const more = says.find(([, isSaid]) => isSaid);
  return more === undefined ? null : refuse('record-says-more', { at: more[0] });
}

function isTitle(title: string | undefined, titles: NothingElse['titles'], body: Said['body']): boolean {
  if (titles === 'own') return true;
  const known: readonly unknown[] = titles === 'names' ? Object.values((body['names'] ?? {}) as object) : titles;
  return known.includes(title);
}
