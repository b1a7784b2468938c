import { describe, expect, it } from 'vitest';
import { answerTitle } from '#src/features/answer-title.ts';
import { shownTitle } from './shown-title.ts';

const lead = 'دليل صحراوي يَعِد شبانًا بطريق';

describe('the title of a record', () => {
  it.each([
    ['disposition', 'Suite réservée', 'Decision on a report'],
    ['outcome', 'Résultat obtenu', 'Outcome'],
    ['answer', 'Réponse à une demande', 'Answer to a request'],
  ])('that names its kind does so in the language of the reader: %s', (kind, written, read) => {
    const record = { kind, title: answerTitle(written, lead, 'fr'), language: 'fr' };
    expect(record.title).toBe(`${written}\u00a0: \u2068${lead}\u2069`);
    expect(shownTitle(record, 'en')).toEqual({ title: `${read}: \u2068${lead}\u2069`, language: 'en', saysKind: true });
    expect(shownTitle(record, 'fr').title).toBe(record.title);
  });

  it('that is only its kind is told by it', () => {
    const record = { kind: 'correction', title: 'Rectification', language: 'fr' };
    expect(shownTitle(record, 'en')).toMatchObject({ language: 'en', saysKind: true });
  });

  it('is otherwise as its author wrote it', () => {
    const own = { kind: 'disposition', title: 'Suite réservée : tout autre chose', language: 'fr' };
    expect(shownTitle(own, 'ar')).toEqual({ title: own.title, language: 'fr', saysKind: false });
    const report = { kind: 'report', title: lead, language: 'ar' };
    expect(shownTitle(report, 'en')).toEqual({ title: lead, language: 'ar', saysKind: false });
  });
});
