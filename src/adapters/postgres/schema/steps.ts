import type { ClientBase } from 'pg';
import type { SchemaFile } from './files.ts';

export function asOwner(sql: string): string {
  return `set local role tansiq_owner;\n${sql}`;
}

export function record({ path, sha256 }: SchemaFile): string {
  return `set local role tansiq_owner;
insert into schema_step (path, sha256) values ('${path}', '${sha256}')
on conflict (path) do update set sha256 = excluded.sha256, applied_at = now();`;
}

export async function inTransaction(client: ClientBase, ...scripts: readonly string[]): Promise<void> {
  await client.query('begin');
  try {
    for (const script of scripts) await client.query(script);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
