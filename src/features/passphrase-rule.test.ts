import { expect, test } from 'vitest';
import { passphraseProblem } from './passphrase-rule.ts';

test.each([
  ['short', 'passphrase-too-weak'],
  ['aaaaaaaaaaaaaaaa', 'passphrase-too-weak'],
  ['aminaaminaamina', 'passphrase-too-weak'],
  ['amina-123-4567-8901', 'passphrase-common'],
  ['Amina-Amina-12', 'passphrase-too-weak'],
  ['password123456', 'passphrase-common'],
  ['four plain words together', null],
  ['كلمات أربع بسيطة معا', null],
  ['amina likes long walks', null],
])('[ACC-12] %s for amina: %s', async (passphrase, code) => {
  const problem = await passphraseProblem(passphrase, { login: 'amina', names: [] }, '/passphrase');
  expect(problem?.code ?? null).toBe(code);
  expect(JSON.stringify(problem)).not.toContain(passphrase);
});
