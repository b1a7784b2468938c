import { isAtLeast } from '../marking/inherit.ts';
import { labelOf } from '../marking/label.ts';
import type { Marking, SecurityLabel } from '../marking/marking.ts';
import type { Json, Primitives } from '../primitives.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { RecordClaims } from './claims.ts';
import {
  inEveryCopy,
  isBodyField,
  readCites,
  readCompartments,
  readDesk,
  readLinks,
  readPortion,
  readReleasableLists,
  readTitle,
  topNames,
} from './disclosed.ts';
import { type Disclosure, decodeDisclosure, digestOf } from './disclosure.ts';
import type { DisclosedPortion, RecordHeader, VerifiedRecord } from './record.ts';
import { isOneOf, unfitIn } from './shape.ts';

/** All that a copy says, but for what only the signature adds. */
export type RecordContent = RecordHeader &
  Pick<VerifiedRecord, 'marking' | 'title' | 'desk' | 'portions' | 'body' | 'cites' | 'links' | 'disclosures'>;

/**
 * Puts the disclosures of a copy in their places. Each must match exactly one digest, in the list where its form belongs,
 * and hold what its name promises.
 */
export function assembleRecord(
  claims: RecordClaims,
  encodedDisclosures: readonly string[],
  primitives: Primitives,
): RecordContent | Refusal {
  const placed = placeDisclosures(claims, encodedDisclosures, primitives);
  if (isRefusal(placed)) return placed;
  const top = readTop(claims, placed);
  if (isRefusal(top)) return top;
  const portions = readPortions(placed, top);
  if (isRefusal(portions)) return portions;

  const envelope = labelOf(top.marking);
  const labels = new Map(portions.map((portion) => [`portions/${portion.index}`, labelOf(portion.marking)]));
  const body: { [field: string]: Json } = {};
  for (const field of [...placed.body.keys()].sort()) body[field] = (placed.body.get(field) as Placed).value;
  return {
    ...claims.header,
    marking: top.marking,
    ...(top.title !== undefined && { title: top.title }),
    ...(top.desk !== undefined && { desk: top.desk }),
    portions,
    body,
    cites: top.cites,
    links: top.links,
    disclosures: inOrder(placed).map(({ encoded, digest, path }) => {
      return { encoded, digest, path, label: labelFor(path, envelope, labels) };
    }),
  };
}

interface Placed extends Disclosure {
  readonly encoded: string;
  readonly digest: string;
  readonly path: string;
}
interface PlacedDisclosures {
  readonly top: ReadonlyMap<string, Placed>;
  readonly body: ReadonlyMap<string, Placed>;
  readonly portions: ReadonlyMap<number, Placed>;
}

function placeDisclosures(
  claims: RecordClaims,
  encodedDisclosures: readonly string[],
  primitives: Primitives,
): PlacedDisclosures | Refusal {
  const places = digestPlaces(claims);
  if (places === null) return refuse('record-malformed', { at: '/_sd' });
  const top = new Map<string, Placed>();
  const body = new Map<string, Placed>();
  const portions = new Map<number, Placed>();

  for (const [nth, encoded] of encodedDisclosures.entries()) {
    const at = `~${nth + 1}`;
    const disclosure = decodeDisclosure(encoded);
    if (disclosure === 'too-deep') return refuse('record-too-deep', { at });
    if (disclosure === 'malformed') return refuse('record-malformed', { at });
    const digest = digestOf(encoded, primitives);
    const place = places.get(digest);
    // Taken out once used: the same disclosure twice finds nothing.
    if (place === undefined || !places.delete(digest)) return refuse('record-disclosure-unmatched', { at });

    const { name, value } = disclosure;
    if (typeof place === 'number') {
      if (name !== null) return refuse('record-disclosure-unmatched', { at });
      const unfit = unfitIn(value, `/portions/${place}`);
      if (unfit !== null) return unfit;
      portions.set(place, { name, value, encoded, digest, path: `portions/${place}` });
      continue;
    }
    if (name === null) return refuse('record-disclosure-unmatched', { at });
    const [list, isName, path] =
      place === 'top' ? [top, isOneOf(name, topNames), name] : [body, isBodyField(name), `body/${name}`];
    if (!isName || list.has(name)) return refuse('record-malformed', { at });
    const unfit = unfitIn(value, `/${name}`);
    if (unfit !== null) return unfit;
    list.set(name, { name, value, encoded, digest, path });
  }
  return { top, body, portions };
}

/** Where each digest stands: at the top, in the body, or as the portion of that index. Null when one stands twice. */
function digestPlaces(claims: RecordClaims): Map<string, 'top' | 'body' | number> | null {
  const places = new Map<string, 'top' | 'body' | number>();
  for (const digest of claims.digests) places.set(digest, 'top');
  for (const digest of claims.bodyDigests) places.set(digest, 'body');
  for (const [index, digest] of claims.portionDigests.entries()) places.set(digest, index);
  const digests = claims.digests.length + claims.bodyDigests.length + claims.portionDigests.length;
  return places.size === digests ? places : null;
}

type Top = Pick<VerifiedRecord, 'marking' | 'title' | 'desk' | 'cites' | 'links'> & {
  /** Null in a copy that does not disclose it: releasable to nobody. */
  readonly portionsReleasableTo: readonly Marking['releasableTo'][] | null;
};

function readTop(claims: RecordClaims, { top }: PlacedDisclosures): Top | Refusal {
  const missing = inEveryCopy.find((name) => !top.has(name));
  if (missing !== undefined) return refuse('record-disclosure-missing', { at: `/${missing}` });
  const compartments = readCompartments((top.get('compartments') as Placed).value);
  if (isRefusal(compartments)) return compartments;
  const lists = read(top.get('releasableTo'), readReleasableLists);
  if (isRefusal(lists)) return lists;
  const title = read(top.get('title'), readTitle);
  if (isRefusal(title)) return title;
  const desk = read(top.get('desk'), readDesk);
  if (isRefusal(desk)) return desk;
  const cites = read(top.get('cites'), readCites) ?? [];
  if (isRefusal(cites)) return cites;
  const links = read(top.get('links'), readLinks) ?? [];
  if (isRefusal(links)) return links;
  return {
    marking: { ...claims.marking, compartments, releasableTo: lists?.envelope ?? [] },
    ...(title !== undefined && { title }),
    ...(desk !== undefined && { desk }),
    cites,
    links,
    portionsReleasableTo: lists?.portions ?? null,
  };
}

function read<T>(disclosed: Placed | undefined, reader: (value: Json) => T | Refusal): T | Refusal | undefined {
  return disclosed === undefined ? undefined : reader(disclosed.value);
}

function readPortions({ portions }: PlacedDisclosures, top: Top): readonly DisclosedPortion[] | Refusal {
  const lists = top.portionsReleasableTo;
  const all: DisclosedPortion[] = [];
  for (const index of [...portions.keys()].sort((a, b) => a - b)) {
    const at = `/portions/${index}`;
    const portion = readPortion((portions.get(index) as Placed).value, at);
    if (isRefusal(portion)) return portion;
    const releasableTo = lists === null ? [] : lists[index];
    if (releasableTo === undefined) return refuse('record-malformed', { at: '/releasableTo' });
    const marking: Marking = { ...portion.marking, releasableTo };
    // MRK-1: the record's own marking is the floor; below it, a portion would reach those who may not see the record.
    if (!isAtLeast(marking, top.marking)) return refuse('marking-below-envelope', { at: `${at}/marking` });
    all.push({ ...portion, marking, index });
  }
  return all;
}

/** One order for every copy, so that the same disclosures make the same bytes. */
function inOrder({ top, body, portions }: PlacedDisclosures): readonly Placed[] {
  const byKey = <K extends string | number>(map: ReadonlyMap<K, Placed>, compare?: (a: K, b: K) => number) =>
    [...map.keys()].sort(compare).map((key) => map.get(key) as Placed);
  return [...byKey(top), ...byKey(body), ...byKey(portions, (a, b) => a - b)];
}

function labelFor(path: string, envelope: SecurityLabel, portions: ReadonlyMap<string, SecurityLabel>): SecurityLabel {
  // The lists of who may have what are for the origin alone.
  return path === 'releasableTo' ? { ...envelope, releasableTo: [] } : (portions.get(path) ?? envelope);
}

/** The one place where a `VerifiedRecord` comes to be; called by `verifyRecord` and `issueRecord` alone. */
export function believe(content: RecordContent, proof: Pick<VerifiedRecord, 'hash' | 'keyId' | 'jwt'>): VerifiedRecord {
  // The mark exists in the type alone. The callers hold the proof: a signature verified, or just made by our own key.
  return { ...content, ...proof } as VerifiedRecord;
}
