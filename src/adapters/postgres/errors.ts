import { StoreUnavailable } from '#src/ports/database.ts';

/** SQLSTATE of an error from the database, or null. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** Two transactions were in each other's way: the same work may well succeed when it runs again. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  // serialization_failure, deadlock_detected
  return state === '40001' || state === '40P01';
}

const unavailableStates = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57014', // query_canceled: statement_timeout
  '25P03', // idle_in_transaction_session_timeout
  '55P03', // lock_not_available
  '28P01', // invalid_password
  '28000', // invalid_authorization_specification
  '3D000', // invalid_catalog_name
]);
const unavailableClasses = ['08', '53', '58', 'XX'];
const systemCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENETUNREACH|ENOENT|EACCES)/;

/** What the caller gets: `StoreUnavailable` where the database is at fault, the error itself where the statement is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailable || !(error instanceof Error)) return error;
  const state = sqlState(error);
  const code = (error as { code?: unknown }).code;
  const gone =
    state !== null
      ? unavailableStates.has(state) || unavailableClasses.includes(state.slice(0, 2))
      : (typeof code === 'string' && systemCodes.test(code)) ||
        /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
          error.message,
        );
  return gone ? new StoreUnavailable(`the database is not available: ${error.message}`, { cause: error }) : error;
}
