/** Services whose names look alike, although they are not the same service: fingerprints tell them apart, eyes may not. */
import type { ServiceId } from '#src/protocol/primitives.ts';

export interface Named {
  readonly id: ServiceId;
  readonly code: string;
  readonly names: { readonly [language: string]: string };
}

/**
 * Letters that are taken for others at a glance, of Unicode's confusables (UTS #39, confusables.txt): those of the scripts
 * that names here are written in, small letters apart from capital ones.
 */
const lookAlikes: readonly (readonly [letters: string, like: string])[] = [
  ['АΑ', 'a'],
  ['аαɑ', 'a'],
  ['ВΒвβьЬ', 'b'],
  ['СсϲϹ', 'c'],
  ['ԁ', 'd'],
  ['ЕΕеεҽ', 'e'],
  ['ɡ', 'g'],
  ['НΗнһ', 'h'],
  ['ІΙіιӀӏıɩ1|lI!і', 'i'],
  ['Јј', 'j'],
  ['КΚкκ', 'k'],
  ['МΜм', 'm'],
  ['Νηп', 'n'],
  ['ОΟоοσ0٠०', 'o'],
  ['РΡрρ', 'p'],
  ['ԛ', 'q'],
  ['гΓ', 'r'],
  ['Ѕѕ5', 's'],
  ['ТΤтτ', 't'],
  ['υцս', 'u'],
  ['νѵѴ', 'v'],
  ['ԝω', 'w'],
  ['ХΧхχ', 'x'],
  ['УΥуγү', 'y'],
  ['Ζ', 'z'],
  // Persian, Urdu and Ottoman forms, and endings that are written in two ways
  ['یىېےۍ', 'ي'],
  ['کڪګگڭ', 'ك'],
  ['ھہەةۃۀ', 'ه'],
  ['ٱ', 'ا'],
  ['ۆۇۈۋۏ', 'و'],
  ['ڤڢ', 'ف'],
  ['ڨ', 'ق'],
];
const like = new Map(lookAlikes.flatMap(([letters, letter]) => [...letters].map((one) => [one, letter] as const)));

/**
 * What is left of a name for the eye: without marks, joiners, tatweel, spaces and case, each letter as the one that it is
 * taken for, doubled letters once. Two names with one skeleton look alike (UTS #39, section 4, for names of services).
 */
export function skeletonOf(name: string): string {
  const bare = name.normalize('NFKD').replace(/[\p{M}\p{Cf}\u0640]/gu, '');
  const letters = [...bare]
    .map((letter) => like.get(letter) ?? letter.toLowerCase())
    .map((letter) => like.get(letter) ?? letter);
  return letters
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/(.)\1+/gu, '$1');
}

/** By service, the others that one of its names looks like. Services whose names are like nobody's are absent. */
export function resemblances(services: readonly Named[]): ReadonlyMap<ServiceId, readonly ServiceId[]> {
  const bySkeleton = new Map<string, Set<ServiceId>>();
  for (const { id, code, names } of services) {
    // Where two have one code, the later one has it with a part of its fingerprint behind it
    const called = [code, code.replace(`-${id.slice(0, 6)}`, ''), ...Object.values(names)].map(skeletonOf);
    for (const skeleton of called.filter((one) => one !== '')) {
      const sharing = bySkeleton.get(skeleton) ?? new Set();
      bySkeleton.set(skeleton, sharing.add(id));
    }
  }
  const found = new Map<ServiceId, Set<ServiceId>>();
  for (const sharing of bySkeleton.values()) {
    for (const one of sharing) {
      for (const other of sharing) {
        if (one !== other) found.set(one, (found.get(one) ?? new Set()).add(other));
      }
    }
  }
  return new Map([...found].map(([id, others]) => [id, [...others]]));
}
