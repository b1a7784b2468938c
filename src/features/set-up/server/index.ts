import { randomUUID } from 'node:crypto';
import { makeServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import type { Input } from '#src/features/contract.ts';
import type { Handlers } from '#src/features/handlers.ts';
import { passphraseProblem } from '#src/features/passphrase-rule.ts';
import { namesOf, ownService } from '#src/features/service-briefs.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { Passphrases } from '#src/ports/passphrases.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import type { Primitives } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { setUp } from '../contract.ts';

export interface SetUpDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly passphrases: Passphrases;
  readonly primitives: Primitives;
  randomBytes(length: number): Uint8Array;
  /** The node's keys: made now, or those of a set-up that was cut off before its rows were written. */
  makeKeyring(): Promise<Keyring>;
  /** The rows are there: the node begins its work. */
  begin(keyring: Keyring): Promise<void>;
}

type Given = Input<typeof setUp.setUp>['body'];

export function setUpRoutes(deps: SetUpDeps): Handlers<typeof setUp> {
  let underWay = false;
  return {
    async setUp({ body }) {
      // Two at once would make two sets of keys.
      if (underWay) return refuse('set-up-already-done');
      underWay = true;
      try {
        return await setUpOnce(body, deps);
      } finally {
        underWay = false;
      }
    },
  };
}

async function setUpOnce(given: Given, deps: SetUpDeps): Promise<{ service: string; fingerprint: string } | Refusal> {
  const problem = await problemWith(given);
  if (problem !== null) return problem;
  const done = await deps.database.asActor({ kind: 'node' }, ownService);
  if (done !== null) return refuse('set-up-already-done');
  const keyring = await deps.makeKeyring();
  const { code, names, url, administrator } = given;
  const about = { code, names, url, language: administrator.language };
  const card = await makeServiceCard(about, { ...deps, keyring }, deps.clock.now());
  if (isRefusal(card)) return card;
  const passphraseHash = await deps.passphrases.hash(administrator.passphrase);
  await deps.database.asActor({ kind: 'node' }, async (tx) => {
    await keepSelf(tx, card, deps);
    const [signIn, node] = [{ kind: 'sign-in' }, { kind: 'node' }] as const;
    await deps.database.switchActor(tx, signIn, node, () => keepAdministrator(tx, given, passphraseHash, deps));
  });
  await deps.begin(keyring);
  return { service: card.service, fingerprint: spokenFingerprint(card.service) };
}

async function problemWith({ url, code, names, administrator }: Given): Promise<Refusal | null> {
  const { login, displayName, passphrase } = administrator;
  const around = { login, names: [displayName, ...namesOf({ code, names })] };
  const problem = await passphraseProblem(passphrase, around, '/administrator/passphrase');
  if (problem !== null) return problem;
  const reachable = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  return reachable ? null : refuse('input-invalid', { at: '/url' });
}

async function keepSelf(tx: Tx, card: ServiceCard, { database, clock }: SetUpDeps): Promise<void> {
  const at = clock.now();
  await tx
    .insertInto('service')
    .values({
      id: card.service,
      is_self: true,
      code: card.code,
      names: JSON.stringify(card.names),
      url: card.url,
      inception_key: card.inceptionKey,
      signing_keys: JSON.stringify(card.signingKeys),
      sealing_key_id: card.sealingKey.id,
      sealing_key: card.sealingKey.publicKey,
      card: card.text,
      added_at: new Date(at),
      confirmed_at: new Date(at),
      confirmed_by: null,
      revoked_at: null,
    })
    .execute();
  await database.unit(tx).appendJournal({
    at,
    actorKind: 'node',
    actor: null,
    act: 'node.set-up',
    record: card.record.id,
    hash: card.record.hash,
    service: card.service,
    reason: null,
  });
}

async function keepAdministrator(tx: Tx, given: Given, passphraseHash: string, { clock }: SetUpDeps): Promise<void> {
  const { login, displayName, language } = given.administrator;
  await tx
    .insertInto('officer')
    .values({
      id: randomUUID(),
      login,
      display_name: displayName,
      role: 'administrator',
      clearance: 0,
      compartments: [],
      language,
      passphrase_hash: passphraseHash,
      disabled_at: null,
      created_at: new Date(clock.now()),
    })
    .execute();
}
