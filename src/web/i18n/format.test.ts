import { describe, expect, it } from 'vitest';
import { dayAfter, duration, list, longDay, number, relativeInstant } from './format.ts';
import { directionOf, languageFor, nextLanguage } from './languages.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const ago = (ms: number) => new Date(now - ms).toISOString();
const minute = 60_000;

describe('dates and numbers', () => {
  it('are relative while that helps', () => {
    expect(relativeInstant(ago(20_000), now, 'en')).toBe('now');
    expect(relativeInstant(ago(5 * minute), now, 'en')).toBe('5 minutes ago');
    expect(relativeInstant(ago(3 * 60 * minute), now, 'fr')).toBe('il y a 3 heures');
    expect(relativeInstant(ago(26 * 60 * minute), now, 'ar')).toBe('أمس');
    expect(relativeInstant(ago(-10 * minute), now, 'en')).toBe('in 10 minutes');
  });

  it('name the day after a week, and its year when it is not this one', () => {
    expect(relativeInstant('2026-10-05T12:00:00Z', now, 'en')).toBe('5 October');
    expect(relativeInstant('2024-10-05T12:00:00Z', now, 'en')).toBe('5 October 2024');
  });

  it('have the months of the Maghreb and Latin digits in Arabic', () => {
    expect(longDay('2026-11-24', 'ar')).toBe('24 نونبر 2026');
    expect(longDay('2026-07-01', 'ar')).toBe('1 يوليوز 2026');
    expect(number(1_234, 'ar')).toMatch(/^1.234$/);
  });

  it('a calendar day stays the same day in every time zone', () => {
    expect(longDay('2026-01-01', 'en')).toBe('1 January 2026');
  });

  it('durations are whole units, the largest of which two have passed', () => {
    expect(duration(3 * 24 * 60 * minute + 5, 'en')).toBe('3 days');
    expect(duration(47 * 60 * minute, 'fr')).toMatch(/^47\sheures$/);
    expect(duration(90 * minute, 'en')).toBe('90 minutes');
    expect(duration(2 * 60 * minute, 'ar')).toBe('ساعتان');
    expect(duration(-5, 'en')).toBe('0 minutes');
  });

  it('lists join as the language joins', () => {
    expect(list(['أطلس', 'ميريديان'], 'ar')).toBe('أطلس وميريديان');
    expect(list(['Atlas', 'Sahara', 'Oasis'], 'fr')).toBe('Atlas, Sahara et Oasis');
  });

  it('a proposed day keeps to the end of a shorter month', () => {
    expect(dayAfter(Date.parse('2026-08-31T10:00:00Z'), 6)).toBe('2027-02-28');
    expect(dayAfter(Date.parse('2026-11-24T10:00:00Z'), 12)).toBe('2027-11-24');
    expect(dayAfter(Date.parse('2026-11-24T23:59:00Z'), 0)).toBe('2026-11-24');
  });
});

describe('languages', () => {
  it('go round', () =>
    expect([nextLanguage('ar'), nextLanguage('fr'), nextLanguage('en')]).toEqual(['fr', 'en', 'ar']));
  it('are chosen by what the reader wishes, Arabic first', () => {
    expect(languageFor(['de-DE', 'fr-CH', 'en'])).toBe('fr');
    expect(languageFor(['de'])).toBe('ar');
  });
  it('have their direction', () =>
    expect(['ar', 'fr', 'en', 'xx'].map(directionOf)).toEqual(['rtl', 'ltr', 'ltr', 'ltr']));
});
