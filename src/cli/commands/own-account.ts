import { refuse } from '#src/protocol/refusal.ts';
import { command, RefusedHere, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { passphraseFrom, passphraseSource } from '../passphrase.ts';
import { table } from '../table.ts';
import { moment } from '../time.ts';

export const passphraseChange = command({
  name: 'passphrase change',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.passphrase-change',
  options: {
    ...seat,
    'current-passphrase-file': { type: 'string', value: 'FILE', help: 'option.current-passphrase-file' },
    ...passphraseSource,
  },
  async run(call) {
    const { values, say, output, terminal } = call;
    const { client } = await takeSeat(call);
    const now = values['current-passphrase-file'];
    // Standard input holds one of the two at most.
    if (!terminal.interactive && (now === undefined || values['passphrase-file'] === undefined)) {
      throw new UsageError(say('usage.passphrase-files'));
    }
    const currentPassphrase =
      now === undefined
        ? await terminal.ask(say('ask.current-passphrase'), { hidden: true })
        : await passphraseFrom({ 'passphrase-file': now }, { terminal, say, twice: false });
    const passphrase = await passphraseFrom(values, { terminal, say, twice: true });
    const changed = await client.changePassphrase({ body: { currentPassphrase, passphrase } });
    output.answer(changed, [say('passphrase.changed', { count: changed.endedSessions })]);
  },
});

export const sessionsList = command({
  name: 'sessions list',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.sessions-list',
  options: seat,
  async run(call) {
    const { say, output } = call;
    const { client } = await takeSeat(call);
    const sessions = await client.listSessions();
    const rows = sessions.map(({ id, current, startedAt, lastSeenAt }) => [
      id,
      moment(startedAt, say),
      say('sessions.line-seen', { at: moment(lastSeenAt, say) }),
      current ? say('sessions.here') : '',
    ]);
    output.answer(sessions, table(rows));
  },
});

export const sessionsEnd = command({
  name: 'sessions end',
  operands: 'ID|others',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.sessions-end',
  options: seat,
  async run(call) {
    const { say, output, operands } = call;
    const { client } = await takeSeat(call);
    const [wanted] = operands;
    const sessions = await client.listSessions();
    const ending = sessions.filter(({ id, current }) => (wanted === 'others' ? !current : id === wanted));
    if (ending.length === 0 && wanted !== 'others') throw new RefusedHere(refuse('not-found', { at: 'ID' }));
    for (const { id } of ending) await client.endSession({ params: { id } });
    const ended = ending.map(({ id }) => id);
    output.answer({ ended }, [say('sessions.ended', { count: ended.length })]);
  },
});
