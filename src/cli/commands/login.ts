import { command } from '../command.ts';
import { enterNode, nodeOf, seat } from '../connect.ts';
import { readDevice, rememberDevice } from '../device-file.ts';
import { passphraseFrom, passphraseSource } from '../passphrase.ts';
import { rememberSession } from '../session-file.ts';
import { required } from '../values.ts';

export const login = command({
  name: 'login',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.login',
  options: { ...seat, ...passphraseSource, demo: { type: 'boolean', help: 'option.demo-login' } },
  async run({ values, say, env, output, terminal }) {
    const node = await nodeOf({ values, say, env });
    const name = required('as', values.as, say);
    const device = await readDevice(node, name, env);
    const entered = values.demo
      ? await enterNode(node, say.language, (client) => client.demoSignIn({ body: { login: name } }))
      : await passphraseFrom(values, { terminal, say, twice: false }).then((passphrase) =>
          enterNode(node, say.language, (client) => client.signIn({ body: { login: name, passphrase } }), device),
        );
    await rememberSession({ node, login: name, token: entered.token }, env);
    if (entered.device !== null) await rememberDevice(node, name, entered.device, env);
    output.answer({ node, login: name, signedIn: true }, [say('login.done', { login: name, node })]);
  },
});
