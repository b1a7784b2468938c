import type { RecordId } from '#src/protocol/primitives.ts';

/** One record draws on another. */
export interface Citation {
  readonly citing: RecordId;
  readonly cited: RecordId;
}

/** Another record that goes back to the same source, by the shortest way there. */
export interface SameSource {
  readonly other: RecordId;
  readonly root: RecordId;
  /** From the start to the root, then from the root to the other; each ends included. */
  readonly pathHere: readonly RecordId[];
  readonly pathThere: readonly RecordId[];
}

interface Place {
  readonly record: RecordId;
  /** Where the way turned from sources to what draws on them; null: not yet. */
  readonly root: Place | null;
  readonly before: Place | null;
}

/**
 * ACC-19: every record that shares a source with `start`, the nearest first: first from record to source, any number of
 * times, then from source to what draws on it. What it draws on directly, and what draws on it directly, is left out:
 * that is no second report to be told from the first. Each record is visited once each way, so cycles end.
 *
 * @param stepsMax the longest way looked at, there and back together.
 */
export function sameSource(citations: readonly Citation[], start: RecordId, stepsMax: number): SameSource[] {
  const sources = grouped(citations, 'citing', 'cited');
  const drawing = grouped(citations, 'cited', 'citing');
  const direct = new Set([start, ...(sources.get(start) ?? []), ...(drawing.get(start) ?? [])]);
  const found = new Map<RecordId, SameSource>();
  const visitedUp = new Set([start]);
  const visitedDown = new Set([start]);
  let reached: Place[] = [{ record: start, root: null, before: null }];
  for (let steps = 0; steps < stepsMax && reached.length > 0; steps++) {
    const next: Place[] = [];
    for (const place of reached) {
      const root = place.root ?? place;
      for (const record of drawing.get(place.record) ?? []) {
        if (!visitedDown.has(record)) next.push({ record, root, before: place });
        visitedDown.add(record);
      }
      if (place.root !== null) continue;
      for (const record of sources.get(place.record) ?? []) {
        if (!visitedUp.has(record)) next.push({ record, root: null, before: place });
        visitedUp.add(record);
      }
    }
    for (const place of next) {
      if (!direct.has(place.record) && !found.has(place.record)) found.set(place.record, described(place));
    }
    reached = next;
  }
  return [...found.values()];
}

function described(place: Place): SameSource {
  const root = place.root ?? place;
  const pathThere: RecordId[] = [];
  for (let at: Place | null = place; at !== null && at !== root; at = at.before) pathThere.unshift(at.record);
  const pathHere: RecordId[] = [];
  for (let at: Place | null = root; at !== null; at = at.before) pathHere.unshift(at.record);
  return { other: place.record, root: root.record, pathHere, pathThere: [root.record, ...pathThere] };
}

function grouped(citations: readonly Citation[], by: keyof Citation, of: keyof Citation) {
  const groups = new Map<RecordId, RecordId[]>();
  for (const citation of citations) {
    const group = groups.get(citation[by]) ?? [];
    group.push(citation[of]);
    groups.set(citation[by], group);
  }
  return groups;
}
