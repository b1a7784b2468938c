import { expect, test } from 'vitest';
import { isGuessedEarly } from './passphrase-guesses.ts';

const around = { names: ['amina', 'Amina Benali', 'nord', 'جهاز الشمال', 'Service du Nord', 'Northern Service'] };

test.each([
  ['a common one', 'passwordpassword'],
  ['one with an ending', 'password1234'],
  ['and a year', 'Sunshine2024!'],
  ['and a birthday', 'football-24-12-1990'],
  ['in disguise', 'P@$$w0rd!!!!'],
  ['spaced out', 'p a s s w o r d 1 2'],
  ['two together', 'iloveyou monkey'],
  ['rows of keys', 'qwertyuiop[]'],
  ['rows of another keyboard', 'azertyuiop12'],
  ['columns', '1qaz2wsx3edc'],
  ['the alphabet', 'abcdefghijkl'],
  ['it backwards', 'lkjihgfedcba'],
  ['numbers in a row', '1234567890123'],
  ['few things again and again', 'abababababababab'],
  ['the login with an ending', 'amina.amina.12'],
  ['the name of the officer', 'Amina Benali 1'],
  ['the name of the service', 'Service du Nord 2026'],
  ['in Arabic', 'جهاز الشمال ٢٠٢٦'],
  ['a common one in Arabic', 'كلمة المرور ١٢٣٤'],
  ['in Arabic, vowelled', 'بِسْمِ اللهِ الرحمن الرحيم'],
  ['a row of Arabic keys', 'ضصثقفغعهخحجد'],
  ['in French', 'motdepasse2024'],
  ['a year and a name of this', 'Tansiq-2026-2026'],
])('[ACC-12] %s is refused: %s', async (_name, passphrase) => {
  expect(await isGuessedEarly(passphrase, around)).toBe(true);
});

test.each([
  'four plain words together',
  'correct horse battery staple',
  'amina likes long walks',
  'كلمات أربع بسيطة معا',
  'quatre mots sans rapport',
  'k3vX-91qz-Lw0p',
  'gerbil, anvil and a rope',
  'المطر يغني فوق سقف أزرق',
])('[ACC-12] %s is taken', async (passphrase) => {
  expect(await isGuessedEarly(passphrase, around)).toBe(false);
});

test('the longest that may be typed is judged at once', async () => {
  await isGuessedEarly('loads the list', around);
  const begun = performance.now();
  await isGuessedEarly('password'.repeat(50), around);
  await isGuessedEarly('كلمة '.repeat(80), around);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
