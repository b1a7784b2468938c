/**
 * The access policies, one clause weaker or stronger at a time: each `and`- and `or`-term, comparison, null test, member of a
 * list, branch, `where`, join condition and part of a union, of every policy, view and function of `db/policies`.
 */
import { deparse, parse } from 'pgsql-parser';
import type { SchemaFile } from '#src/adapters/postgres/schema/files.ts';

export interface PolicyMutant {
  /** What it is about, and the change, e.g. `policy record_head.officer_reads: without level <= …`. */
  readonly name: string;
  readonly file: string;
  /** The roles that it concerns: of a policy; null of what several policies stand on. */
  readonly roles: readonly string[] | null;
  /** Statements that put the changed part in the place of the original, for a superuser in a transaction. */
  readonly sql: string;
}

type Node = { [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const copy = <T>(value: T): T => structuredClone(value);

const constant = (value: boolean): Node => ({ A_Const: { boolval: value ? { boolval: true } : {} } });

/** A change in one place: what is done, and the whole tree with it done. */
interface Change {
  readonly what: string;
  readonly to: unknown;
}

/** Every tree that differs from `tree` in one clause. */
async function changesOf(tree: unknown): Promise<readonly Change[]> {
  if (Array.isArray(tree)) {
    const within = await Promise.all(
      tree.map(async (item, at) => (await changesOf(item)).map(({ what, to }) => ({ what, to: tree.with(at, to) }))),
    );
    return within.flat();
  }
  if (!isNode(tree)) return [];
  const here = await changesHere(tree);
  const within = await Promise.all(
    Object.entries(tree).map(async ([key, value]) =>
      (await changesOf(value)).map(({ what, to }) => ({ what, to: { ...tree, [key]: to } })),
    ),
  );
  return [...here, ...within.flat()];
}

async function changesHere(node: Node): Promise<Change[]> {
  const { BoolExpr: bool, A_Expr: expression, NullTest: test, CaseExpr: branches, SelectStmt: select } = node;
  if (isNode(bool)) return ofBool(bool as { boolop: string; args: Node[] });
  if (isNode(expression)) return ofExpression(expression as { kind: string; name: Node[]; lexpr: Node; rexpr: Node });
  if (isNode(test)) return [{ what: `false for ${await inWords(node)}`, to: constant(false) }];
  if (isNode(node['MinMaxExpr'])) return ofMinMax(node['MinMaxExpr'] as { args: Node[] });
  if (isNode(branches)) return ofCase(branches as { args: Node[]; defresult: Node });
  if (isNode(select)) return ofSelect(node as { SelectStmt: Node });
  if (isNode(node['JoinExpr'])) return ofJoin(node['JoinExpr']);
  return [];
}

async function ofBool({ boolop, args }: { boolop: string; args: Node[] }): Promise<Change[]> {
  if (boolop === 'NOT_EXPR') return [{ what: 'without its not', to: args[0] }];
  return Promise.all(
    args.map(async (term, at) => {
      const rest = args.toSpliced(at, 1);
      const to = rest.length === 1 ? rest[0] : { BoolExpr: { boolop, args: rest } };
      return { what: `without ${boolop === 'AND_EXPR' ? 'and' : 'or'} ${await inWords(term)}`, to };
    }),
  );
}

const otherOperator: { readonly [operator: string]: readonly string[] } = {
  '<=': ['<'],
  '>=': ['>'],
  '>': ['>='],
  '<': ['<='],
  '<@': ['&&'],
};

async function ofExpression(expression: { kind: string; name: Node[]; lexpr: Node; rexpr: Node }): Promise<Change[]> {
  const { kind, name, lexpr, rexpr } = expression;
  const words = await inWords({ A_Expr: expression });
  const items = isNode(rexpr?.['List']) ? (rexpr['List'] as { items: Node[] }).items : null;
  if (kind === 'AEXPR_BETWEEN' && items) {
    const bound = (operator: string, side: Node) => ({
      A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: operator } }], lexpr, rexpr: side },
    });
    const between = (low: string, high: string) => ({
      BoolExpr: { boolop: 'AND_EXPR', args: [bound(low, items[0] as Node), bound(high, items[1] as Node)] },
    });
    return [
      { what: `without its first day: ${words}`, to: between('>', '<=') },
      { what: `without its last day: ${words}`, to: between('>=', '<') },
      { what: `only from: ${words}`, to: bound('>=', items[0] as Node) },
      { what: `only until: ${words}`, to: bound('<=', items[1] as Node) },
    ];
  }
  if (kind === 'AEXPR_IN' && items) {
    return items.map((_, at) => ({
      what: `without item ${at + 1} of ${words}`,
      to: { A_Expr: { ...expression, rexpr: { List: { items: items.toSpliced(at, 1) } } } },
    }));
  }
  const operator = (name[0]?.['String'] as { sval: string } | undefined)?.sval ?? '';
  if (kind !== 'AEXPR_OP') return [];
  return (otherOperator[operator] ?? []).map((other) => ({
    what: `${other} in ${words}`,
    to: { A_Expr: { ...expression, name: [{ String: { sval: other } }] } },
  }));
}

const ofMinMax = ({ args, ...rest }: { args: Node[] }): Change[] =>
  args.map((_, at) => ({
    what: `without part ${at + 1} of a greatest`,
    to: { MinMaxExpr: { ...rest, args: args.toSpliced(at, 1) } },
  }));

async function ofCase(branches: { args: Node[]; defresult: Node }): Promise<Change[]> {
  return Promise.all(
    branches.args.map(async (branch, at) => ({
      what: `without ${await inWords((branch['CaseWhen'] as Node)['expr'])} as a case`,
      to: { CaseExpr: { ...branches, args: branches.args.toSpliced(at, 1) } },
    })),
  );
}

function ofSelect(node: { SelectStmt: Node }): Change[] {
  const select = node.SelectStmt;
  const changes: Change[] = [];
  const change = (what: string, changed: Node) => changes.push({ what, to: { SelectStmt: changed } });
  if (select['whereClause']) {
    const { whereClause: _, ...rest } = select;
    change('without its where', rest);
  }
  if (select['sortClause']) {
    for (const [at] of (select['sortClause'] as Node[]).entries()) {
      const sorted = copy(select);
      const key = (sorted['sortClause'] as Node[])[at]?.['SortBy'] as Node;
      key['sortby_dir'] = key['sortby_dir'] === 'SORTBY_DESC' ? 'SORTBY_ASC' : 'SORTBY_DESC';
      change(`sorted the other way by key ${at + 1}`, sorted);
    }
  }
  // A union's branches stand without the wrapper
  if (select['op'] === 'SETOP_UNION') {
    change('without the last part of the union', select['larg'] as Node);
    change('without the first parts of the union', namedAs(select['rarg'] as Node, select['larg'] as Node));
  }
  return changes;
}

type Targets = { targetList: { ResTarget: { name?: string; val: Node } }[] };

/** The columns of a union are named by its first part. */
function namedAs(part: Node, other: Node): Node {
  let first = other;
  while (isNode(first['larg'])) first = first['larg'];
  const named = copy(part) as unknown as Targets;
  for (const [at, { ResTarget }] of named.targetList.entries()) {
    const { name, val } = (first as unknown as Targets).targetList[at]?.ResTarget ?? {};
    const fields = isNode(val?.['ColumnRef']) ? (val['ColumnRef']['fields'] as { String: { sval: string } }[]) : [];
    const known = name ?? fields.at(-1)?.String.sval;
    if (known !== undefined) ResTarget.name = known;
  }
  return named as unknown as Node;
}

function ofJoin(join: Node): Change[] {
  return join['quals']
    ? [{ what: 'joined without its condition', to: { JoinExpr: { ...join, quals: constant(true) } } }]
    : [];
}

async function inWords(expression: unknown): Promise<string> {
  const statement = { SelectStmt: { targetList: [{ ResTarget: { val: expression } }], op: 'SETOP_NONE' } };
  const sql = await deparse({ version: 170000, stmts: [{ stmt: statement }] } as never);
  return sql
    .replace(/^SELECT\s+/, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/;$/, '')
    .slice(0, 90);
}

const sqlOf = async (stmt: Node): Promise<string> =>
  (await deparse({ version: 170000, stmts: [{ stmt }] } as never)).replace(/;?$/, ';');

/** All mutants of these files, in their order. */
export async function policyMutants(files: readonly SchemaFile[]): Promise<readonly PolicyMutant[]> {
  const mutants: PolicyMutant[] = [];
  for (const { path, sql } of files) {
    const { stmts } = (await parse(sql)) as { stmts: { stmt: Node }[] };
    for (const { stmt } of stmts) {
      if (isNode(stmt['CreatePolicyStmt'])) mutants.push(...(await ofPolicy(stmt['CreatePolicyStmt'], path)));
      else if (isNode(stmt['ViewStmt'])) mutants.push(...(await ofView(stmt['ViewStmt'], path)));
      else if (isNode(stmt['CreateFunctionStmt']))
        mutants.push(...(await ofFunction(stmt['CreateFunctionStmt'], path)));
    }
  }
  return mutants;
}

async function ofPolicy(policy: Node, file: string): Promise<PolicyMutant[]> {
  const table = (policy['table'] as Node)['relname'] as string;
  const name = policy['policy_name'] as string;
  const roles = (policy['roles'] as { RoleSpec: { rolename: string } }[]).map(({ RoleSpec }) => RoleSpec.rolename);
  // What views and functions stand on reads for everybody.
  const concerns = roles.includes('tansiq_definer') ? null : roles;
  const gone = `drop policy ${name} on ${table};`;
  const mutants = [{ what: 'dropped', sql: gone }];
  for (const part of ['qual', 'with_check']) {
    const clause = policy[part];
    if (clause === undefined) continue;
    for (const value of [true, false]) {
      // What is open already is not opened, and shutting it is dropping it.
      if (isNode(clause) && isNode(clause['A_Const'])) continue;
      const sql = gone + (await sqlOf({ CreatePolicyStmt: { ...policy, [part]: constant(value) } }));
      mutants.push({ what: `${part} ${value}`, sql });
    }
    for (const { what, to } of await changesOf(clause)) {
      const sql = gone + (await sqlOf({ CreatePolicyStmt: { ...policy, [part]: to } }));
      mutants.push({ what: `${part} ${what}`, sql });
    }
  }
  return mutants.map(({ what, sql }) => ({ name: `policy ${table}.${name}: ${what}`, file, roles: concerns, sql }));
}

async function ofView(view: Node, file: string): Promise<PolicyMutant[]> {
  const { schemaname, relname } = view['view'] as { schemaname: string; relname: string };
  return Promise.all(
    (await changesOf(view['query'])).map(async ({ what, to }) => ({
      name: `view ${schemaname}.${relname}: ${what}`,
      file,
      roles: null,
      sql: await sqlOf({ ViewStmt: { ...view, query: to } }),
    })),
  );
}

const expressionIn =
  /(?<before>return\s+\()(?<sql>\s*select[\s\S]*?)(?<after>\)\s*;)|(?<before>return\s+query\b|return\b)(?<sql>[\s\S]*?)(?<after>;)|(?<before>\bif\b)(?<sql>[\s\S]*?)(?<after>\bthen\b)/gi;

/** PL/pgSQL: each query or condition of the body is SQL of its own. */
async function ofFunction(of: Node, file: string): Promise<PolicyMutant[]> {
  const name = (of['funcname'] as { String: { sval: string } }[]).map(({ String: { sval } }) => sval).join('.');
  const body = (of['options'] as { DefElem: { defname: string; arg: Node } }[]).find(
    ({ DefElem }) => DefElem.defname === 'as',
  );
  const text = ((body?.DefElem.arg['List'] as { items: { String: { sval: string } }[] } | undefined)?.items[0] ?? null)
    ?.String.sval;
  if (text === undefined) throw new Error(`${name} has no body`);
  const mutants: PolicyMutant[] = [];
  for (const match of text.matchAll(expressionIn)) {
    const { before = '', sql = '', after = '' } = match.groups ?? {};
    if (/^\s*new\s*$/i.test(sql)) continue;
    const isQuery = /^\s*select\b/i.test(sql);
    const tree = (await parse(isQuery ? sql : `select ${sql}`)) as { stmts: { stmt: Node }[] };
    for (const { what, to } of await changesOf(tree.stmts[0]?.stmt)) {
      const changed = (await sqlOf(to as Node)).replace(/;$/, '');
      const again = isQuery ? changed : changed.replace(/^SELECT\s/, '');
      const at = match.index;
      const newText = `${text.slice(0, at)}${before} ${again} ${after}${text.slice(at + match[0].length)}`;
      const options = copy(of['options']) as { DefElem: { defname: string; arg: Node } }[];
      const as = options.find(({ DefElem }) => DefElem.defname === 'as');
      if (as) as.DefElem.arg = { List: { items: [{ String: { sval: newText } }] } };
      mutants.push({
        name: `function ${name}: ${what}`,
        file,
        roles: null,
        sql: await sqlOf({ CreateFunctionStmt: { ...of, replace: true, options } }),
      });
    }
  }
  return mutants;
}
