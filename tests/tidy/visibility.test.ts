import { describe, expect, it } from 'vitest';
import { filesIn, isTest, textOf, withoutComments } from './files.ts';

/** Who may run a transaction as the node, which sees every row, beside the engine and the adapters that give the role. */
const actsAsNode = new Map([
  ['src/server/node.ts', 'reads which service it is, before anyone can sign in'],
  ['src/server/public-card.ts', 'reads its own card'],
  ['src/features/set-up/server/index.ts', 'writes its own row and the first officer, once'],
  ['src/features/partners/server/write.ts', 'keeps what a card says of its service’s keys, once it is verified'],
  ['src/server/recover-keys.ts', 'states new keys for a node that cannot start without them'],
  ['src/features/keys/server/revoke-partner.ts', 'revokes the permissions that name whom a director has just revoked'],
  ['src/features/keys/server/own-keys.ts', 'keeps the statements of its own keys, which it has just signed'],
  [
    'src/features/permissions/server/as-node.ts',
    'puts a decision into force, and sends it by ways that no officer sees',
  ],
  [
    'src/features/compose/server/release-kept.ts',
    'queues the origin’s card and skipped revisions before an onward release',
  ],
  ['src/features/corrections/server/as-node.ts', 'tells holders and erases beyond what the officer sees'],
  ['src/features/partners/server/agreements.ts', 'writes the terms that a record just signed changes'],
]);

const code = filesIn('src/', /\.tsx?$/).filter(
  (path) => !isTest(path) && !/^src\/(adapters|ports|engine)\//.test(path),
);
const asNode = /kind: 'node'|\.store\.unit\(/;
const labelInQuery =
  /\.(where|having|orWhere|andWhere)\w*\(\s*['"`][\w.]*\b(level|compartments|releasable_to|clearance)\b|\b(level|clearance)\s*(<=|>=|<|>)\s*\$\{|compartments\s*(<@|@>)/;

describe('visibility is stated once, in db/policies', () => {
  it('nobody but the engine acts as the node without a reason', () => {
    expect(asNode.test(`database.asActor({ kind: 'node' }, work)`)).toBe(true);
    const found = code.filter((path) => asNode.test(withoutComments(textOf(path))));
    expect(found.filter((path) => !actsAsNode.has(path))).toEqual([]);
    expect([...actsAsNode.keys()].filter((path) => !found.includes(path))).toEqual([]);
  });

  it('no query of a feature or of the server compares labels', () => {
    expect(labelInQuery.test(`.where('disclosure.level', '<=', clearance)`)).toBe(true);
    expect(labelInQuery.test('sql`compartments <@ own`')).toBe(true);
    expect(labelInQuery.test(`.where('record_id', '=', id)`)).toBe(false);
    const queries = code.filter((path) => /^src\/(features|server)\//.test(path));
    expect(queries.length).toBeGreaterThan(30);
    expect(queries.filter((path) => labelInQuery.test(withoutComments(textOf(path))))).toEqual([]);
  });

  it('every table is under FORCEd row-level security', () => {
    const tables = textOf('db/schema.sql')
      .split(/^(?=create table )/m)
      .slice(1);
    expect(tables.length).toBeGreaterThan(20);
    const bare = tables.filter(
      (table) => !table.includes('\n-- owner tansiq_owner; row-level security enabled, forced\n'),
    );
    expect(bare.map((table) => table.slice(0, table.indexOf(' (')))).toEqual([]);
  });
});
