import { randomUUID } from 'node:crypto';
import { permissionGrounds, permissionUses } from '#src/kinds/permission/words.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { command } from '../command.ts';
import { confirmed } from '../confirmed.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { permissionLines } from '../permission-lines.ts';
import { partnerCalled } from '../services.ts';
import { day, oneOf, portionNumbers, required } from '../values.ts';
import { reportPurposes } from '../words.ts';

const oneRecord = { operands: 'ID', operandsMin: 1, operandsMax: 1 } as const;

export const permissionAsk = command({
  name: 'permission ask',
  ...oneRecord,
  help: 'help.permission-ask',
  options: {
    use: { type: 'string', value: permissionUses.join('|'), help: 'option.permission-use' },
    to: { type: 'string', value: 'SERVICE', help: 'option.permission-to' },
    purpose: { type: 'string', value: 'PURPOSE', help: 'option.permission-purpose' },
    portions: { type: 'string', value: 'N,N-N', help: 'option.permission-portions' },
    reason: { type: 'string', value: 'TEXT', help: 'option.permission-reason' },
    until: { type: 'string', value: 'YYYY-MM-DD', help: 'option.permission-needed' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const use = oneOf('use', required('use', values.use, say), permissionUses, say);
    const { client } = await takeSeat(call);
    const body = {
      use,
      onwardTo: values.to === undefined ? null : (await partnerCalled(client, values.to, say)).service.id,
      purpose: values.purpose === undefined ? null : oneOf('purpose', values.purpose, reportPurposes, say),
      portions: indexes(values.portions, say),
      reason: required('reason', values.reason, say),
      until: values.until === undefined ? null : day('until', values.until, say),
    };
    const made = await client.askPermission(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('permission.asked', { record: made.record })]);
  },
});

export const permissionGrant = command({
  name: 'permission grant',
  ...oneRecord,
  help: 'help.permission-grant',
  options: {
    until: { type: 'string', value: 'YYYY-MM-DD', help: 'option.permission-until' },
    portions: { type: 'string', value: 'N,N-N', help: 'option.permission-portions' },
    conditions: { type: 'string', value: 'TEXT', help: 'option.permission-conditions' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const body = {
      decision: 'granted' as const,
      validUntil: day('until', required('until', values.until, say), say),
      portions: indexes(values.portions, say),
      ...(values.conditions !== undefined && { conditions: values.conditions }),
    };
    const { client } = await takeSeat(call);
    const made = await client.decidePermission(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('permission.granted', { record: made.record })]);
  },
});

const why = {
  ground: { type: 'string', value: 'GROUND', help: 'option.permission-ground' },
  explanation: { type: 'string', value: 'TEXT', help: 'option.permission-explanation' },
} as const;

export const permissionRefuse = command({
  name: 'permission refuse',
  ...oneRecord,
  help: 'help.permission-refuse',
  options: { ...why, ...seat },
  async run(call) {
    const { values, say, output, operands } = call;
    const body = { decision: 'refused' as const, ...whyFrom(values, say) };
    const { client } = await takeSeat(call);
    const made = await client.decidePermission(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('permission.refused', { record: made.record })]);
  },
});

export const permissionRevoke = command({
  name: 'permission revoke',
  ...oneRecord,
  help: 'help.permission-revoke',
  options: { ...why, yes: { type: 'boolean', help: 'option.yes' }, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const body = whyFrom(values, say);
    const { client } = await takeSeat(call);
    await confirmed(say('ask.revoke-permission'), values.yes, { terminal, say });
    const made = await client.revokePermission(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('permission.revoked', { record: made.record })]);
  },
});

export const permissionList = command({
  name: 'permission list',
  ...oneRecord,
  help: 'help.permission-list',
  options: { ...seat },
  async run(call) {
    const { say, output, operands } = call;
    const { client } = await takeSeat(call);
    const permissions = await client.listPermissions({ params: { id: operands[0] ?? '' } });
    output.answer(permissions, permissionLines(permissions, say));
  },
});

function whyFrom(values: { readonly ground: string | undefined; readonly explanation: string | undefined }, say: Say) {
  const { explanation } = values;
  return {
    ground: oneOf('ground', required('ground', values.ground, say), permissionGrounds, say),
    ...(explanation !== undefined && { explanation }),
  };
}

/** Paragraphs as a person counts them, from 1; null: all. */
function indexes(value: string | undefined, say: Say): number[] | null {
  if (value === undefined) return null;
  const numbers = portionNumbers('portions', value, recordLimits.portionsMax, say);
  return [...numbers].map((number) => number - 1).sort((a, b) => a - b);
}
