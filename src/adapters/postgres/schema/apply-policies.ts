import type { ClientBase } from 'pg';
import type { SchemaFile } from './files.ts';
import { SchemaMismatch } from './mismatch.ts';
import { asOwner, inTransaction, record } from './steps.ts';

/**
 * Re-applies every policy file whose hash differs from the one recorded, all in one transaction, so that there is no
 * moment without them. A table's file is the whole truth about it: its policies and our roles' grants are taken away
 * first, and row-level security is enabled and forced whether the file says so or not.
 */
export async function applyPolicies(
  client: ClientBase,
  files: readonly SchemaFile[],
  steps: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = files.filter(({ path, sha256 }) => steps.get(path) !== sha256);
  if (changed.length === 0) return;
  const scripts: string[] = [];
  for (const file of changed) {
    const table = tableOf(file);
    scripts.push(asOwner((table ? clearTable(table) : '') + file.sql), record(file));
  }
  await inTransaction(client, ...scripts);
}

/** `policies/record_head.sql` is about the table record_head; a file that starts with a number is about no table. */
function tableOf({ path }: SchemaFile): string | null {
  const name = /^policies\/(?:(\d)-)?([a-z_-]+)\.sql$/.exec(path);
  if (!name) throw new SchemaMismatch(`db/${path}: a policy file is named after its table`);
  return name[1] ? null : (name[2] as string);
}

function clearTable(table: string): string {
  return `alter table ${table} enable row level security;
alter table ${table} force row level security;
do $clear$
declare name text;
begin
  for name in select polname from pg_policy where polrelid = 'public.${table}'::regclass loop
    execute format('drop policy %I on public.${table}', name);
  end loop;
end $clear$;
revoke all on ${table} from tansiq_definer, tansiq_officer, tansiq_partner, tansiq_node, tansiq_sign_in;
`;
}
