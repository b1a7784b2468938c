import { createClient } from '#src/features/client.ts';
import { command } from '../command.ts';
import { nodeOf, seat, sessionFetch } from '../connect.ts';
import { passphraseFrom, passphraseSource } from '../passphrase.ts';
import { oneOf, required } from '../values.ts';

export const setUp = command({
  name: 'set-up',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.set-up',
  options: {
    ...seat,
    code: { type: 'string', value: 'CODE', help: 'option.code' },
    'name-ar': { type: 'string', value: 'NAME', help: 'option.name-ar' },
    'name-fr': { type: 'string', value: 'NAME', help: 'option.name-fr' },
    'name-en': { type: 'string', value: 'NAME', help: 'option.name-en' },
    url: { type: 'string', value: 'URL', help: 'option.url' },
    name: { type: 'string', value: 'NAME', help: 'option.officer-name' },
    'officer-language': { type: 'string', value: 'ar|fr|en', help: 'option.officer-language' },
    ...passphraseSource,
  },
  async run({ values, say, env, output, terminal }) {
    const node = await nodeOf({ values, say, env });
    const login = required('as', values.as, say);
    const body = {
      code: required('code', values.code, say),
      names: {
        ar: required('name-ar', values['name-ar'], say),
        fr: required('name-fr', values['name-fr'], say),
        en: required('name-en', values['name-en'], say),
      },
      // Where partners reach it; the address that we reach it by unless another is told.
      url: values.url ?? node,
      administrator: {
        login,
        displayName: values.name ?? login,
        language: oneOf('officer-language', values['officer-language'] ?? say.language, ['ar', 'fr', 'en'], say),
        passphrase: await passphraseFrom(values, { terminal, say, twice: true }),
      },
    };
    const made = await createClient(node, sessionFetch(say.language, '')).setUp({ body });
    output.answer(made, [
      say('set-up.done', { code: body.code, node }),
      say('partner.fingerprint', { spoken: made.fingerprint }),
      say('set-up.next', { node, login }),
    ]);
  },
});
