const allowed = /^\s*(?:\(\s*)*(select|insert|update|delete|with)\b/i;
/** `set_config` could change identity or role from within a query; a unicode escape could spell it otherwise. */
const forbidden = /set_config|u&"/i;

/**
 * Row-level security is as strong as the certainty of who asks. Within a transaction only the database adapter changes
 * role and identity: statements of features are queries and changes of rows, one at a time, and nothing else. Throws.
 */
export function guardStatement(sql: string): void {
  if (!allowed.test(sql) || forbidden.test(sql)) {
    throw new Error('only select, insert, update and delete may run in a transaction');
  }
}
