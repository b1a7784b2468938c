import type { CustomTypesConfig } from 'pg';
import pg from 'pg';

const oid = { bytea: 17, int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, jsonb: 3802, dateArray: 1182 };

/**
 * How column values come out, the same on every database: bytea as a plain `Uint8Array`, bigint and numeric as text, a
 * date as its `YYYY-MM-DD` (never shifted by a time zone), timestamps as `Date`, jsonb parsed, text[] as an array.
 */
export const columnValues: CustomTypesConfig = {
  getTypeParser(id, format) {
    if (format === 'binary') throw new Error('column values are read as text');
    switch (id as number) {
      case oid.bytea:
        return (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
      case oid.int8:
      case oid.date:
        return (text: string) => text;
      case oid.timestamp:
        // A timestamp without zone would be read in the machine's own zone: no table has one
        throw new Error('timestamp without time zone is not used');
      default:
        return pg.types.getTypeParser(id, 'text');
    }
  },
};
