import { describe, expect, it } from 'vitest';
import { correctionWords } from '#src/kinds/correction/captions.ts';
import { permissionWords } from '#src/kinds/permission/captions.ts';
import { permissionGrounds } from '#src/kinds/permission/words.ts';
import { answerStates } from '#src/kinds/request/words.ts';
import { permissionUses } from '#src/protocol/admission/permission.ts';
import { correctionAnswers, correctionChanges } from '#src/protocol/correction/words.ts';
import { languages } from '#src/protocol/primitives.ts';
import { actWords, reasonOf } from './journal-words.ts';
import { recordsMessages } from './messages.ts';

const sources = import.meta.glob<string>(['/src/{engine,features,server}/**/*.ts', '!/src/**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** What may stand in the place of a parameter of an act. */
const ends: { readonly [act: string]: readonly string[] } = {
  'correction.answered.$': correctionAnswers,
  'holder.$': ['reported', 'confirmed'],
  'permission.$.$': ['granted', 'refused'].flatMap((decision) => permissionUses.map((use) => `${decision}.${use}`)),
  'permission.asked.$': permissionUses,
  'record.$': correctionChanges,
  'record.used.$': permissionUses.filter((use) => use !== 'onward'),
  'report.answered.$': ['disposition', 'outcome'],
  'request.answered.$': answerStates,
};
/** Lines on a key, a partner or the node itself stand under no record. */
const onNoRecord = /^(bundle|carrier|keys|letter|link|message|node|officer|partner|recovery|service|session)\./;

function actsIn(source: string): string[] {
  const calls = [...source.matchAll(/journalLine\(\s*[\w.]+,\s*(['`][^'`]+['`])/g)].map((found) => found[1] ?? '');
  const fields = [...source.matchAll(/\bact(?::| =|\s\?\?) ?(?!T\.)([^;]*?)(?:[,;]|$)/gm)].map(
    (found) => found[1] ?? '',
  );
  return [...calls, ...fields].flatMap((code) =>
    [...code.matchAll(/['`]([a-z]+\.[a-z.${}A-Z-]+)['`]/g)].map((found) =>
      (found[1] ?? '').replace(/\$\{[^}]+\}/g, '$'),
    ),
  );
}

const patterns = [...new Set(Object.values(sources).flatMap(actsIn))].filter((act) => !onNoRecord.test(act)).toSorted();
const acts = patterns.flatMap((pattern) => {
  if (!pattern.includes('$')) return [pattern];
  const stem = pattern.slice(0, pattern.indexOf('$'));
  return (ends[pattern] ?? [`an unknown end of ${pattern}`]).map((end) => `${stem}${end}`);
});

describe('the acts of the journal', () => {
  it('are found in what writes them', () => {
    for (const pattern of Object.keys(ends)) expect(patterns).toContain(pattern);
    for (const act of ['record.issued', 'record.read', 'content.erased', 'holding.confirmed', 'request.clarified'])
      expect(acts).toContain(act);
  });

  it.each(acts)('%s has words in every language', (act) => {
    for (const language of languages) {
      const groups: { readonly [group: string]: { readonly [value: string]: string } } = {
        act: recordsMessages.messages[language].act,
        actFor: recordsMessages.messages[language].actFor,
      };
      const missing: string[] = [];
      const said = actWords((group, value) => {
        const known = groups[group]?.[value];
        if (known === undefined) missing.push(value);
        return known ?? value;
      }, act);
      expect(said, language).not.toBe(act);
      // Only the whole act may be without words of its own: then its kind and its end have them.
      expect(missing.filter((value) => value !== act)).toEqual([]);
    }
  });
});

describe('the reason of a line', () => {
  it('is a desk, with why it was assigned', () => {
    const act = 'desk.assigned';
    expect(reasonOf({ act, reason: 'judicial' })).toEqual({ desk: 'judicial' });
    expect(reasonOf({ act, reason: 'analysis: له صلة: بالملف' })).toEqual({ desk: 'analysis', said: 'له صلة: بالملف' });
  });

  it('is never an identifier of a record or of a service', () => {
    const record = '0192f3c4-5a6b-7c8d-9e0f-123456789abc';
    expect(reasonOf({ act: 'release.requested', reason: record })).toEqual({});
    expect(reasonOf({ act: 'holder.reported', reason: 'A'.repeat(43) })).toEqual({});
    expect(reasonOf({ act: 'release.requested', reason: null })).toEqual({});
  });

  it('is else a code or a text', () => {
    expect(reasonOf({ act: 'release.refused', reason: 'not-allowed' })).toEqual({ said: 'not-allowed' });
  });

  it('has words where it is a change or a ground', () => {
    for (const change of correctionChanges) expect(correctionWords.captions).toHaveProperty([`change/${change}`]);
    for (const ground of permissionGrounds) expect(permissionWords.captions).toHaveProperty([`ground/${ground}`]);
  });
});
