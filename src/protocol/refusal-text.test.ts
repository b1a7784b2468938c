import { describe, expect, it } from 'vitest';
import { languages } from './primitives.ts';
import { type RefusalCode, refuse, ruleOfRefusal } from './refusal.ts';
import { refusalSentences, refusalText } from './refusal-text.ts';

const codes = Object.keys(ruleOfRefusal) as RefusalCode[];
const withLimit = codes.filter((code) => refusalText[code].en.says.includes('{limit}'));

describe('[REL-2] every refusal tells a person what happened and what to do', () => {
  it.each(codes)('%s: a rule, and two sentences in each language', (code) => {
    expect(ruleOfRefusal[code]).toMatch(/^[A-Z]{3}-\d{1,2}$/);
    for (const language of languages) {
      for (const sentence of Object.values(refusalText[code][language])) {
        expect(sentence.trim()).toBe(sentence);
        expect(sentence).toMatch(/^\S.{6,}[.]$/u);
      }
    }
  });

  it('writes Arabic in Arabic script, and the two others without it', () => {
    const arabicLetters = /\p{Script=Arabic}/u;
    for (const code of codes) {
      for (const language of languages) {
        const { says, next } = refusalText[code][language];
        expect(arabicLetters.test(says) && arabicLetters.test(next), `${code} ${language}`).toBe(language === 'ar');
      }
    }
  });

  it('says no two different things in the same words', () => {
    for (const language of languages) {
      const said = codes.map((code) => refusalText[code][language].says);
      expect(new Set(said).size).toBe(codes.length);
    }
  });

  it('names the limit in all three languages or in none, always in parentheses', () => {
    expect(withLimit).toContain('record-title-too-long');
    for (const code of codes) {
      for (const language of languages) {
        const { says, next } = refusalText[code][language];
        expect(/\([^()]*\{limit\}[^()]*\)/u.test(says), `${code} ${language}`).toBe(withLimit.includes(code));
        expect(next).not.toContain('{');
      }
    }
  });

  it('fills the limit in, and leaves its clause out where none is given', () => {
    for (const code of withLimit) {
      for (const language of languages) {
        expect(refusalSentences(refuse(code, { limit: 300 }), language).says).toContain('300');
        expect(refusalSentences(refuse(code), language).says).not.toMatch(/[{}()]/u);
      }
    }
    expect(refusalSentences(refuse('record-title-too-long', { limit: 300 }), 'en').says).toBe(
      'The title is too long (at most 300 characters).',
    );
    expect(refusalSentences(refuse('record-title-too-long'), 'fr').says).toBe('Le titre est trop long.');
  });
});
