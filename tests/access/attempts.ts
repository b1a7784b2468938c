/** Writes that each principal tries, and what the rules let happen: done, nothing (no such row for it), or refused. */

import { disabledOfficer, type RecordRow, type Row, services, someOfficer, type World } from './names.ts';
import type { Principal } from './principals.ts';
import { type Rules, writes } from './readers.ts';
import { addedBy } from './world.ts';

export type Outcome = 'done' | 'nothing' | 'refused' | 'not unique';
export interface Attempt {
  readonly name: string;
  readonly statement: (principal: Principal) => string;
  readonly outcome: (principal: Principal) => Outcome;
}
type ByPrincipal<T> = (principal: Principal) => T;
interface Who {
  readonly officer?: ByPrincipal<Outcome | boolean>;
  readonly node?: Outcome;
  readonly 'sign-in'?: Outcome;
}

const fresh = '00000000-0000-4000-8999-000000000001';
const other = '00000000-0000-4000-8007-000000000004'; // the director without a desk
const { self, sahara, meridian } = services;
const now = '2026-06-15T00:00:00Z';

const literal = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;
const insert = (table: string, row: Row) => {
  const columns = Object.keys(row).join(', ');
  const json = literal(JSON.stringify(row));
  return `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, ${json})`;
};
/** Who claims to act; of those who are no officers, somebody. */
const me = ({ actor }: Principal) => (actor.kind === 'officer' ? actor.officer : someOfficer);
const isAdministrator = ({ officer }: Principal) => officer?.role === 'administrator';

export function attemptsOn(world: World, rules: Rules): readonly Attempt[] {
  const all: Attempt[] = [];
  function attempt(name: string, statement: string | ByPrincipal<string>, { officer, node, ...who }: Who): void {
    all.push({
      name,
      statement: typeof statement === 'string' ? () => statement : statement,
      outcome: (principal) => {
        const { kind } = principal.actor;
        if (kind === 'node') return node ?? 'refused';
        if (kind === 'sign-in') return who['sign-in'] ?? 'refused';
        if (kind === 'partner' || officer === undefined) return 'refused';
        const outcome = officer(principal);
        return outcome === true ? 'done' : outcome === false ? 'refused' : outcome;
      },
    });
  }
  const records = world['record_revision'] as readonly RecordRow[];
  const heads = new Map((world['record_head'] ?? []).map((row) => [row['record_id'], row['state']]));
  const desked = new Set((world['record_desk'] ?? []).map((row) => row['record_id']));
  const first = (fits: (record: RecordRow) => boolean): RecordRow => {
    const found = records.find((record) => record.status === 'active' && fits(record));
    if (!found) throw new Error('the world has no such record');
    return found;
  };
  const stateOf = ({ record_id }: RecordRow) => heads.get(record_id);
  const isOpen = (record: RecordRow) => stateOf(record) === 'active' && desked.has(record.record_id);
  const own = first((record) => record.origin === self && isOpen(record) && record.level === 1);
  const hidden = first((record) => record.origin === self && isOpen(record) && record.level === 4);
  const theirs = first((record) => record.origin === sahara && isOpen(record) && record.level === 1);
  const [quarantined, equivocal] = ['quarantined', 'equivocal'].map((state) =>
    first((record) => record.origin === self && stateOf(record) === state && desked.has(record.record_id)),
  ) as [RecordRow, RecordRow];
  const three = [own, hidden, theirs];
  const named = (record: RecordRow) => `${record.hash} of ${record.origin}`;
  const sees = (principal: Principal, { hash }: RecordRow) => rules.seesRevision(principal, hash);

  // REC-1: officers write our own records
  for (const [origin, received_from] of [
    [self, null],
    [sahara, null],
    [self, sahara],
  ]) {
    attempt(
      `writes a revision of ${origin} received from ${received_from}`,
      insert('record_revision', { ...own, hash: 'new', record_id: fresh, origin, received_from }),
      { officer: (p) => writes(p) && origin === self && received_from === null, node: 'done' },
    );
  }
  for (const record of three) {
    const mine = record.origin === self;
    const hanging = { officer: (p: Principal) => writes(p) && mine, node: 'done' } as const;
    const { hash, record_id } = record;
    const label = { level: 1, compartments: [], releasable_to: null };
    attempt(
      `adds a disclosure to ${named(record)}`,
      insert('disclosure', { hash, digest: 'new', path: 'title', encoded: 'e', value: 'v', ...label }),
      hanging,
    );
    const cited = { cited_record: fresh, cited_revision: 1, cited_hash: 'new', cited_origin: self };
    attempt(`lets ${named(record)} cite another`, insert('record_cite', { hash, record_id, ...cited }), hanging);
    const target = { target_record: fresh, target_revision: 1, target_hash: 'new', target_origin: self };
    attempt(
      `links ${named(record)} to another`,
      insert('record_link', { hash, record_id, type: 'about', ...target }),
      hanging,
    );
  }

  // Heads
  for (const origin of [self, sahara]) {
    const headless = first((record) => record.origin === origin && stateOf(record) === undefined && record.level === 1);
    for (const state of ['active', 'quarantined', 'equivocal']) {
      const { record_id, kind, hash } = headless;
      attempt(
        `makes ${named(headless)} ${state}`,
        insert('record_head', { record_id, origin, kind, hash, revision: 1, state, updated_at: now }),
        { officer: (p) => writes(p) && origin === self && state === 'active', node: 'done' },
      );
    }
  }
  for (const record of [own, hidden, theirs, quarantined, equivocal]) {
    for (const state of ['active', 'quarantined', 'equivocal']) {
      const reaches = (p: Principal) =>
        sees(p, record) && writes(p) && record.origin === self && stateOf(record) !== 'equivocal';
      const may = state === 'quarantined' || (state === 'active' && stateOf(record) === 'active');
      attempt(
        `moves ${named(record)}, ${stateOf(record)}, to ${state}`,
        `update record_head set state = ${literal(state)} where record_id = ${literal(record.record_id)}`,
        { officer: (p) => (reaches(p) ? may : 'nothing'), node: 'done' },
      );
    }
  }

  // JRN-1, ACC-12
  for (const kind of ['officer', 'node', 'partner', 'sign-in']) {
    for (const actor of [null, 'me', other]) {
      attempt(
        `enters a line of the journal as ${kind} ${actor}`,
        (p) => {
          const line = {
            at: now,
            actor_kind: kind,
            actor: actor === 'me' ? me(p) : actor,
            act: 'x',
            leaf_hash: '\\x00',
          };
          return insert('journal', line);
        },
        {
          officer: (p) => p.officer !== null && kind === 'officer' && (actor === 'me' || p.officer.id === actor),
          node: kind === 'node' || kind === 'partner' ? 'done' : 'refused',
          'sign-in': kind === 'sign-in' ? 'done' : 'refused',
        },
      );
    }
  }

  // ACC-22
  for (const role of ['analyst', 'administrator']) {
    attempt(`makes an officer, ${role}`, newOfficer(role), { officer: isAdministrator });
  }
  for (const change of ["language = 'fr'", 'clearance = 3', "compartments = '{Z}'", 'disabled_at = now()']) {
    const language = change.startsWith('language');
    attempt(`changes of the own row: ${change}`, (p) => `update officer set ${change} where id = ${literal(me(p))}`, {
      officer: (p) => (p.officer === null ? 'nothing' : language),
    });
    attempt(`changes of another's row: ${change}`, `update officer set ${change} where id = ${literal(other)}`, {
      officer: (p) => (p.officer?.id === other ? language : isAdministrator(p) ? 'done' : 'nothing'),
    });
  }
  attempt(
    'changes the passphrase of another',
    `update officer set passphrase_hash = 'new' where id = ${literal(other)}`,
    {
      officer: (p) => (p.officer?.id === other ? false : isAdministrator(p) ? 'done' : 'nothing'),
      'sign-in': 'done',
    },
  );
  attempt(
    'changes the passphrase of one who is disabled',
    `update officer set passphrase_hash = 'new' where id = ${literal(disabledOfficer)}`,
    { officer: (p) => (isAdministrator(p) ? 'done' : 'nothing'), 'sign-in': 'nothing' },
  );
  attempt(
    'gives rights after the passphrase was verified',
    `update officer set role = 'oversight' where id = ${literal(other)}`,
    {
      officer: (p) => (p.officer?.id === other ? false : isAdministrator(p) ? 'done' : 'nothing'),
      'sign-in': 'refused',
    },
  );
  // Without a condition, so that nothing but the policy of changes chooses the rows
  attempt('chooses French for every officer', `update officer set language = 'fr'`, {
    officer: (p) => (p.officer === null ? 'nothing' : 'done'),
  });
  for (const whose of ['me', other]) {
    const isMe = (p: Principal) => whose === 'me' || me(p) === whose;
    const id = (p: Principal) => (whose === 'me' ? me(p) : whose);
    attempt(`gives ${whose} a desk`, (p) => insert('officer_desk', { officer: id(p), desk: 'another' }), {
      officer: (p) => isAdministrator(p) && !isMe(p),
    });
  }
  attempt(`takes every desk from others`, `delete from officer_desk where officer = ${literal(someOfficer)}`, {
    officer: (p) => (isAdministrator(p) ? 'done' : 'nothing'),
  });
  attempt(`gives up the own desks`, (p) => `delete from officer_desk where officer = ${literal(me(p))}`, {
    officer: () => 'nothing',
  });

  // Need to know
  const deskless = [self, sahara].map((origin) =>
    first((record) => record.origin === origin && !desked.has(record.record_id) && record.level === 1),
  );
  const onDesks = Object.values(addedBy).map((id) => records.find(({ record_id }) => record_id === id) as RecordRow);
  const adders = Map.groupBy(world['record_desk'] ?? [], (row) => row['record_id']);
  for (const record of [...three, ...deskless, ...onDesks]) {
    for (const by of ['me', other]) {
      const isMe = (p: Principal) => by === 'me' || me(p) === by;
      const alone = (p: Principal) =>
        (adders.get(record.record_id) ?? []).every((row) => row['added_by'] === p.officer?.id);
      attempt(
        `puts ${named(record)} on a desk as ${by}`,
        (p) => {
          const added_by = by === 'me' ? me(p) : by;
          return insert('record_desk', { record_id: record.record_id, desk: 'another', added_by, added_at: now });
        },
        {
          officer: (p) =>
            writes(p) && isMe(p) && (rules.seesRecord(p, record.record_id) || (record.origin === self && alone(p))),
          node: 'done',
        },
      );
    }
  }

  // REL-1, REL-3
  const released = new Set((world['release'] ?? []).map((row) => row['hash']));
  const onward = records.filter((record) => record.origin === sahara && isOpen(record) && !released.has(record.hash));
  const releases = [
    ...three.map((record) => ({ record, recipient: 'unagreed', by: 'me', state: 'queued' })),
    { record: own, recipient: 'unagreed', by: other, state: 'queued' },
    { record: own, recipient: 'unagreed', by: 'me', state: 'sent' },
    ...onward.map((record) => ({ record, recipient: meridian as string, by: 'me', state: 'queued' })),
  ];
  for (const { record, recipient, by, state } of releases) {
    const { hash, record_id, purpose } = record;
    attempt(
      `releases ${named(record)} to ${recipient} as ${by}, ${state}`,
      (p) => {
        const released_by = by === 'me' ? me(p) : by;
        const row = {
          id: fresh,
          record_id,
          hash,
          recipient,
          purpose,
          withheld: [],
          released_by,
          released_at: now,
          state,
        };
        return insert('release', row);
      },
      {
        officer: (p) =>
          writes(p) &&
          (by === 'me' || me(p) === by) &&
          state === 'queued' &&
          sees(p, record) &&
          (record.origin === self || rules.mayPassOn(hash, recipient)),
        node: 'done',
      },
    );
  }
  const queued = (world['release'] ?? []).filter((row) => row['released_by'] === someOfficer);
  const releaseOf = ({ hash }: RecordRow) => queued.find((row) => row['hash'] === hash) as Row;
  for (const record of three) {
    const release = releaseOf(record);
    for (const [state, by] of [
      ['refused', self],
      ['refused', sahara],
      ['delivered', self],
    ]) {
      const mine = (p: Principal) => sees(p, record) && writes(p) && p.officer?.id === someOfficer;
      attempt(
        `marks the release of ${named(record)} as ${state} by ${by}`,
        `update release set state = ${literal(state)}, refused_by = ${literal(by)} where id = ${literal(release['id'])}`,
        { officer: (p) => (mine(p) ? state === 'refused' && by === self : 'nothing'), node: 'done' },
      );
    }
    for (const [peer, sequence] of [
      [release['recipient'], null],
      [sahara, null],
      [release['recipient'], 1],
    ] as const) {
      attempt(
        `queues the release of ${named(record)} for ${peer}, sequence ${sequence}`,
        insert('outbox', { peer, release_id: release['id'], queued_at: now, sequence }),
        {
          officer: (p) => writes(p) && sequence === null && sees(p, record) && peer === release['recipient'],
          node: 'done',
        },
      );
    }
  }
  const sent = (world['release'] ?? []).find((row) => row['state'] === 'sent' && row['released_by'] === someOfficer);
  attempt(
    `marks as refused what was sent`,
    `update release set state = 'refused', refused_by = ${literal(self)} where id = ${literal(sent?.['id'])}`,
    {
      officer: () => 'nothing',
      node: 'done',
    },
  );
  attempt('refuses every release', `update release set state = 'refused', refused_by = ${literal(self)}`, {
    officer: (p) => (writes(p) && p.officer?.id === someOfficer ? 'done' : 'nothing'),
    node: 'done',
  });
  for (const type of ['read-notice', 'card']) {
    for (const sequence of [null, 1]) {
      attempt(
        `queues a ${type}, sequence ${sequence}`,
        insert('outbox', { peer: sahara, message: { type }, queued_at: now, sequence }),
        { officer: (p) => writes(p) && sequence === null && type === 'read-notice', node: 'done' },
      );
    }
  }

  // COR-3, ACC-08, ACC-12: in the own name, of what one sees
  for (const record of three) {
    for (const by of ['me', other]) {
      const isMe = (p: Principal) => by === 'me' || me(p) === by;
      const id = (p: Principal) => (by === 'me' ? me(p) : by);
      const flag = (world['citation_flag'] ?? []).find(
        (row) => row['citing_record'] === record.record_id && row['change'] === 'erased',
      );
      attempt(
        `reviews a citation of ${named(record)} as ${by}`,
        (p) =>
          insert('citation_review', {
            citing_record: record.record_id,
            cited_record: flag?.['cited_record'],
            cited_hash: flag?.['cited_hash'],
            decision: 'stands',
            reason: 'reason',
            officer: id(p),
            reviewed_at: now,
          }),
        { officer: (p) => writes(p) && isMe(p) && sees(p, record) && record.origin === self },
      );
      attempt(
        `marks ${named(record)} as read by ${by}`,
        (p) => insert('read_mark', { record_id: fresh, officer: id(p), hash: record.hash, read_at: now }),
        { officer: (p) => isMe(p) && sees(p, record) },
      );
      for (const record_id of [record.record_id, fresh, own.record_id]) {
        attempt(
          `enters a use of ${named(record)} under ${record_id} as ${by}`,
          (p) =>
            insert('use_entry', {
              id: fresh,
              record_id,
              hash: record.hash,
              use: 'judicial',
              reference: 'r',
              officer: id(p),
              at: now,
            }),
          { officer: (p) => writes(p) && isMe(p) && sees(p, record) && record_id === record.record_id },
        );
      }
    }
    const marks = (p: Principal) => (world['read_mark'] ?? []).filter((row) => row['officer'] === me(p));
    attempt(
      `marks again, now ${named(record)}`,
      (p) => `update read_mark set hash = ${literal(record.hash)} where officer = ${literal(me(p))}`,
      { officer: (p) => (marks(p).length === 0 ? 'nothing' : sees(p, record)) },
    );
  }
  attempt(
    `marks again for a colleague`,
    `update read_mark set read_at = now() where officer = ${literal(someOfficer)}`,
    {
      officer: (p) => (me(p) === someOfficer ? 'refused' : 'nothing'),
    },
  );

  // What is one officer's alone
  for (const whose of ['me', other]) {
    const isMe = (p: Principal) => whose === 'me' || me(p) === whose;
    const id = (p: Principal) => (whose === 'me' ? me(p) : whose);
    attempt(
      `begins a draft of ${whose}`,
      (p) => insert('draft', { id: fresh, officer: id(p), content: {}, version: 1, updated_at: now }),
      { officer: (p) => writes(p) && isMe(p) },
    );
    attempt(
      `gives a draft to ${whose}`,
      (p) => `update draft set officer = ${literal(id(p))} where officer = ${literal(me(p))}`,
      { officer: (p) => (writes(p) ? isMe(p) : 'nothing') },
    );
    attempt(`throws drafts of ${whose} away`, (p) => `delete from draft where officer = ${literal(id(p))}`, {
      officer: (p) => (writes(p) && isMe(p) ? 'done' : 'nothing'),
    });
    attempt(
      `keeps a reply for ${whose}`,
      (p) =>
        insert('idempotency', { officer: id(p), key: 'new', request_hash: '\\x00', status: 200, reply: {}, at: now }),
      { officer: (p) => p.officer !== null && isMe(p) },
    );
  }

  // KEY-2
  const service = (world['service'] ?? [])[0] as Row;
  const stranger = { ...service, id: 'new', code: 'new', is_self: false, confirmed_at: null, vouched_by: null };
  for (const [name, row] of Object.entries({
    plain: stranger,
    self: { ...stranger, is_self: true },
    confirmed: { ...stranger, confirmed_at: now },
    'vouched for': { ...stranger, vouched_by: sahara },
  })) {
    attempt(`adds a service, ${name}`, insert('service', row), {
      officer: (p) => isAdministrator(p) && name === 'plain',
      // It may; that there is one of ourselves, a constraint says
      node: name === 'self' ? 'not unique' : 'done',
    });
  }
  const speaks = ({ officer }: Principal) =>
    officer !== null && ['liaison', 'director', 'administrator'].includes(officer.role);
  for (const id of ['unconfirmed', meridian, self]) {
    for (const by of ['me', other]) {
      attempt(
        `confirms ${id} as ${by}`,
        (p) =>
          `update service set confirmed_at = '${now}', confirmed_by = ${literal(by === 'me' ? me(p) : by)} where id = '${id}'`,
        {
          officer: (p) =>
            speaks(p) && id !== self ? id === 'unconfirmed' && (by === 'me' || me(p) === by) : 'nothing',
          node: 'done',
        },
      );
    }
    attempt(`takes the confirmation of ${id} back`, `update service set confirmed_at = null where id = '${id}'`, {
      officer: (p) => (speaks(p) && id !== self ? id === 'unconfirmed' : 'nothing'),
      node: 'done',
    });
  }
  for (const id of ['revoked', meridian, self]) {
    for (const moment of [`'${now}'`, 'null']) {
      attempt(
        `sets the revocation of ${id} to ${moment}`,
        `update service set revoked_at = ${moment} where id = '${id}'`,
        {
          officer: (p) => (speaks(p) && id !== self ? id !== 'revoked' : 'nothing'),
          node: 'done',
        },
      );
    }
  }
  attempt('reaches a revoked service by file', `update service set carrier = 'file' where id = 'revoked'`, {
    officer: (p) => (speaks(p) ? 'done' : 'nothing'),
    node: 'done',
  });
  attempt(`ends sessions`, `delete from session`, {
    officer: (p) => (isAdministrator(p) ? 'done' : 'nothing'),
    'sign-in': 'done',
  });

  // ACC-14
  const erased = (hash: string, path: string) =>
    hash === 'chain 0 1' ||
    hash === 'chain 0 2' ||
    ((hash === 'replies-to 0' || hash === 'about 0') && path === 'title');
  for (const hash of [0, 1, 2].flatMap((n) => [
    `chain ${n} 1`,
    `chain ${n} 2`,
    `replies-to ${n}`,
    `about ${n}`,
    `supersedes ${n}`,
  ])) {
    for (const path of ['title', 'portions/0']) {
      attempt(`erases ${path} of ${hash}`, `delete from disclosure where hash = '${hash}' and path = '${path}'`, {
        node: erased(hash, path) ? 'done' : 'nothing',
      });
    }
  }
  return all;
}

const newOfficer = (role: string) =>
  insert('officer', {
    id: fresh,
    login: 'new',
    display_name: 'new',
    role,
    clearance: 1,
    compartments: [],
    language: 'ar',
    passphrase_hash: 'hash',
    disabled_at: null,
    created_at: now,
  });

/** The set-up: what the sign-in may do while there is no officer yet. */
export const firstOfficers: readonly { readonly statement: string; readonly outcome: Outcome }[] = [
  { statement: newOfficer('analyst'), outcome: 'refused' },
  { statement: newOfficer('administrator'), outcome: 'done' },
];
