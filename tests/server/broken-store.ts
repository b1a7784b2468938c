/** A store that throws at one write of one request, whatever else goes on; where the test has its own PostgreSQL server. */
import pg from 'pg';

export interface BrokenStore {
  /** The request of this officer with this idempotency key fails at its `write`-th statement that changes anything. */
  failAt(officer: string, key: string, write: number): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function breakableStore(ownerUrl: string): Promise<BrokenStore> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  // A request holds the lock of its key until it ends (`once`): by that its statements are known among all others.
  await client.query(`
    create schema broken;
    create table broken.store (key bigint, write int);
    create sequence broken.writes;
    create function broken.count() returns trigger language plpgsql security definer as $$
    declare
      wanted int;
    begin
      select s.write into wanted from broken.store s join pg_locks l
        on l.locktype = 'advisory' and l.pid = pg_backend_pid() and l.objsubid = 1
        and (l.classid::bigint << 32 | l.objid::bigint) = s.key;
      if found and nextval('broken.writes') = wanted then raise exception 'the disk is full' using errcode = 'disk_full'; end if;
      return null;
    end $$;
    do $$ declare t regclass; begin
      for t in select oid::regclass from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
        execute format(
          'create trigger broken after insert or update or delete on %s for each statement execute function broken.count()', t);
      end loop;
    end $$;`);
  const mend = async () => {
    await client.query('delete from broken.store');
    await client.query('alter sequence broken.writes restart');
  };
  return {
    async failAt(officer, key, write) {
      await mend();
      await client.query('insert into broken.store values (hashtextextended($1, 0), $2)', [`${officer} ${key}`, write]);
    },
    mend,
    async close() {
      await mend();
      await client.end();
    },
  };
}
