/**
 * EXC-4: a number kept outside the database, beside the keys. It never falls, so that a database which knows of less was
 * put back from a backup, although nobody said so.
 */
export interface Sentinel {
  /** The highest number ever written here; 0 where none was. */
  read(): Promise<number>;
  /** Durable once it resolves. */
  write(length: number): Promise<void>;
}
