import { type OfficerView, roles } from '#src/features/officers/contract.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { command, RefusedHere } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { passphraseFrom, passphraseSource } from '../passphrase.ts';
import { table } from '../table.ts';
import { moment } from '../time.ts';
import { level, listed, oneOf, required } from '../values.ts';

export const officerList = command({
  name: 'officer list',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.officer-list',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const officers = await client.listOfficers();
    call.output.answer(officers, officerTable(officers, call.say));
  },
});

export const officerSlowDowns = command({
  name: 'officer slow-downs',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.officer-slow-downs',
  options: seat,
  async run(call) {
    const { say } = call;
    const { client } = await takeSeat(call);
    const slowed = await client.listSlowDowns();
    const rows = slowed.now.map(({ officer, address, failures, until }) => [
      officer?.login ?? say('officer.slowed-nobody'),
      address ?? '',
      String(failures),
      say('officer.slowed-until', { until: moment(until, say) }),
    ]);
    call.output.answer(slowed, [...table(rows), say('officer.slowed-day', { count: slowed.lastDay })]);
  },
});

export const officerAdd = command({
  name: 'officer add',
  operands: 'LOGIN',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.officer-add',
  options: {
    ...seat,
    name: { type: 'string', value: 'NAME', help: 'option.officer-name' },
    role: { type: 'string', value: 'ROLE', help: 'option.role' },
    clearance: { type: 'string', value: '0-4', help: 'option.clearance' },
    compartments: { type: 'string', value: 'NAME,NAME', help: 'option.compartments' },
    desks: { type: 'string', value: 'DESK,DESK', help: 'option.desks' },
    'officer-language': { type: 'string', value: 'ar|fr|en', help: 'option.officer-language' },
    ...passphraseSource,
  },
  async run(call) {
    const { values, say, operands, output, terminal } = call;
    const { client } = await takeSeat(call);
    const login = operands[0] ?? '';
    const body = {
      login,
      displayName: values.name ?? login,
      role: oneOf('role', required('role', values.role, say), roles, say),
      clearance: level('clearance', required('clearance', values.clearance, say), say),
      compartments: listed(values.compartments),
      desks: listed(values.desks),
      language: oneOf('officer-language', values['officer-language'] ?? say.language, ['ar', 'fr', 'en'], say),
      passphrase: await passphraseFrom(values, { terminal, say, twice: true }),
    };
    const officer = await client.createOfficer({ body });
    output.answer(officer, officerTable([officer], say));
  },
});

export const officerDisable = command({
  name: 'officer disable',
  operands: 'LOGIN',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.officer-disable',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const officer = (await client.listOfficers()).find((one) => one.login === call.operands[0]);
    if (!officer) throw new RefusedHere(refuse('not-found', { at: 'LOGIN' }));
    const disabled = await client.disableOfficer({ params: { id: officer.id } });
    call.output.answer(disabled, officerTable([disabled], call.say));
  },
});

function officerTable(officers: readonly OfficerView[], say: Say): string[] {
  return table(
    officers.map((officer) => [
      officer.login,
      officer.displayName,
      officer.role,
      String(officer.clearance),
      officer.desks.join(', '),
      officer.language,
      officer.disabled ? say('officer.disabled') : '',
    ]),
  );
}
