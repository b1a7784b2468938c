import { describe, expect, it } from 'vitest';
import { shownTitle } from './shown-title.ts';

const lead = 'دليل صحراوي يَعِد شبانًا بطريق';

describe('the title of a record', () => {
  it.each([
    ['disposition', 'Suite réservée', 'Decision on a report'],
    ['outcome', 'Résultat obtenu', 'Outcome'],
    ['answer', 'Réponse à une demande', 'Answer to a request'],
  ])('[TXT-4] that speaks of another is put together in the language of the reader: %s', (kind, written, read) => {
    const record = { kind, title: written, about: lead, language: 'fr' };
    expect(shownTitle(record, 'en')).toEqual({ title: `${read}: \u2068${lead}\u2069`, language: 'en', saysKind: true });
    expect(shownTitle(record, 'fr').title).toBe(`${written}\u00a0: \u2068${lead}\u2069`);
  });

  it('[TXT-4] names its kind alone where the reader does not see what it is about, whatever its signer wrote', () => {
    const record = { kind: 'permission-request', title: `Demande : ${lead}`, about: null, language: 'fr' };
    expect(shownTitle(record, 'fr')).toMatchObject({ saysKind: true });
    expect(shownTitle(record, 'fr').title).not.toContain(lead);
  });

  it('[TXT-2] cannot be turned by what it is about', () => {
    const record = { kind: 'answer', title: 'x', about: 'a\u2069\u202eb', language: 'en' };
    expect(shownTitle(record, 'en').title).toBe('Answer to a request: \u2068a⟨U+2069⟩⟨U+202E⟩b\u2069');
  });

  it('is otherwise as its author wrote it', () => {
    const report = { kind: 'report', title: lead, about: null, language: 'ar' };
    expect(shownTitle(report, 'en')).toEqual({ title: lead, language: 'ar', saysKind: false });
  });
});
