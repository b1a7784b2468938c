import { RefusedByNode } from '#src/features/client.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { forgetSession } from '../session-file.ts';

export const logout = command({
  name: 'logout',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.logout',
  options: seat,
  async run({ values, say, env, output }) {
    const { client, session } = await takeSeat({ values, say, env });
    await client.signOut().catch((error: unknown) => {
      // A session that has already ended is what was asked for.
      if (!(error instanceof RefusedByNode && error.refusal.code === 'sign-in-required')) throw error;
    });
    await forgetSession(session, env);
    const { node, login } = session;
    output.answer({ node, login, signedIn: false }, [say('logout.done', { login, node })]);
  },
});
