import { fromUtf8 } from '#src/protocol/encoding.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { command, RefusedHere, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { keyLines } from '../key-lines.ts';
import { keySecretFile } from '../key-secret-file.ts';
import type { Say } from '../messages.ts';
import { readFileAs } from '../passphrase.ts';
import type { Terminal } from '../terminal.ts';
import { oneOf, required } from '../values.ts';

export const keysRecovery = command({
  name: 'keys recovery',
  operands: 'make|use',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.keys-recovery',
  options: {
    ...seat,
    'secret-file': { type: 'string', value: 'FILE', help: 'option.secret-file' },
    reason: { type: 'string', value: 'TEXT', help: 'option.keys-reason' },
    home: { type: 'string', value: 'DIR', help: 'option.keys-home' },
    'database-url': { type: 'string', value: 'URL', help: 'option.database-url' },
  },
  async run(call) {
    const { values, say, env, output } = call;
    if (oneOf('keys recovery', call.operands[0] ?? '', ['make', 'use'], say) === 'make') {
      const { client } = await takeSeat(call);
      const made = await client.makeRecoveryKey();
      output.answer(made, [say('keys.recovery-made'), '', made.secret, '', say('keys.recovery-keep')]);
      return;
    }
    const reason = required('reason', values.reason, say);
    const secret = await secretFrom(values['secret-file'], call);
    if (values.home === undefined) {
      const { client } = await takeSeat(call);
      const view = await client.recoverKeys({ body: { secret, reason } });
      output.answer(view, keyLines(view, say));
      return;
    }
    // The node is down, because its key is lost. Loaded only here: every other command would wait for a database.
    const { recoverLostKeys } = await import('#src/server/recover-keys.ts');
    const databaseUrl = values['database-url'] ?? env['DATABASE_URL'];
    const place = { home: values.home, ...keySecretFile(env), ...(databaseUrl ? { databaseUrl } : {}) };
    const recovered = await recoverLostKeys({ place, secret, reason });
    if (isRefusal(recovered)) throw new RefusedHere(recovered);
    output.answer(recovered, [say('keys.recovered', { version: recovered.version }), say('keys.start-again')]);
  },
});

/** Never an option with the secret itself: command lines are seen by every user of a machine and kept in histories. */
async function secretFrom(
  file: string | undefined,
  { terminal, say }: { readonly terminal: Terminal; readonly say: Say },
): Promise<string> {
  if (file === undefined && terminal.interactive) return terminal.ask(say('ask.recovery-secret'), { hidden: true });
  const bytes = file === undefined || file === '-' ? await terminal.readInput() : await readFileAs(file, say);
  const text = fromUtf8(bytes)?.trim();
  if (!text) throw new UsageError(say('usage.secret-empty'));
  return text;
}
