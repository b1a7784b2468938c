/** `npm run conformance -- URL`: is the node at this address one that keeps the protocol? Tested from outside, as a peer. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard, readServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { agreeWith, introduceInDemo, tellOfficers } from './introduce.ts';
import { Peer } from './peer.ts';
import { runChecks } from './run.ts';

const usage = `usage: npm run conformance -- URL [options]
  --demo            the node is a demo: its ready-made officers do what is needed
  --card FILE       the node's service card; otherwise it is asked for at URL/.well-known/tansiq-card
  --host, --port    where this suite listens (127.0.0.1, any free port)
  --address URL     under which the node reaches it, where that differs
  --wait MINUTES    for the node's officers (15)
A node that is no demo reaches this machine only where it runs with --partner-network 127.0.0.1.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    demo: { type: 'boolean', default: false },
    card: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    address: { type: 'string' },
    wait: { type: 'string', default: '15' },
    help: { type: 'boolean', default: false },
  },
});
const [url] = positionals;
if (values.help || url === undefined || !URL.canParse(url)) {
  console.error(usage);
  process.exit(2);
}

function must<T>(made: T | Refusal, what: string): T {
  if (isRefusal(made)) throw new Error(`${what}: ${made.code}`);
  return made;
}

async function cardText(): Promise<string> {
  if (values.card !== undefined) return readFile(values.card, 'utf8');
  const response = await fetch(new URL('/.well-known/tansiq-card', url));
  if (!response.ok) throw new Error('the node does not show its card: give it with --card FILE');
  return response.text();
}

const home = await mkdtemp(join(tmpdir(), 'tansiq-conformance-'));
const node: ServiceCard = must(readServiceCard(await cardText(), nodePrimitives), 'the node’s card');
const keyring = await createFileKeyring(home);
const peer = await Peer.listen(keyring, node, url, { host: values.host, port: Number(values.port) });
let failures = 0;
try {
  const names = { ar: 'اختبار المطابقة', fr: 'Essai de conformité', en: 'Conformance test' };
  const code = `conformance-${randomBytes(3).toString('hex')}`;
  const about = { code, names, url: values.address ?? `http://${values.host}:${peer.port}`, language: 'en' as const };
  const by = {
    keyring,
    primitives: nodePrimitives,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  };
  const card = must(await makeServiceCard(about, by, Date.now()), 'our own card');
  if (values.demo) await introduceInDemo(url, card);
  else tellOfficers(peer, card);
  await agreeWith(peer, Number(values.wait) * 60_000);

  const verdicts = await runChecks(peer, ({ rule, says, failed }) => {
    console.log(`${failed === null ? 'ok    ' : 'FAILED'}  [${rule}] ${says}`);
    if (failed !== null) console.log(`        ${failed}`);
  });
  failures = verdicts.filter(({ failed }) => failed !== null).length;
  console.log(`\n${verdicts.length - failures} of ${verdicts.length} checks passed`);
} finally {
  peer.close();
  await rm(home, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
