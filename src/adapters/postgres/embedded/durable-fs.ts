import fs from 'node:fs';
import type { PGlite, postgresMod } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type PostgresMod = postgresMod.PostgresMod;

/** What of Emscripten's file system we touch; PGlite does not export its types. */
interface EmscriptenStream {
  readonly nfd?: number | null;
  readonly node: unknown;
}
interface EmscriptenModule {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (stream: EmscriptenStream) => number };
    realPath(node: unknown): string;
  };
}

/**
 * PGlite's NodeFS writes through to files but never calls fsync, so a power cut loses what was committed. Here every
 * fsync of PostgreSQL reaches the disk, directories too (a new WAL segment exists only when its directory says so).
 * `onFailure` gets an fsync that failed, or an abort of the program: what PostgreSQL then believes and what the disk
 * holds are no longer the same, and PGlite would go on.
 */
export class DurableNodeFs extends NodeFS {
  readonly #onFailure: (error: unknown) => never;

  constructor(dataDir: string, onFailure: (error: unknown) => never) {
    super(dataDir);
    this.#onFailure = onFailure;
  }

  override async init(pg: PGlite, options: Partial<PostgresMod>): Promise<{ emscriptenOpts: Partial<PostgresMod> }> {
    const result = await super.init(pg, options);
    result.emscriptenOpts.onAbort = (what: unknown) => this.#onFailure(what);
    result.emscriptenOpts.preRun ??= [];
    result.emscriptenOpts.preRun.push((module: PostgresMod) => {
      // The module carries NODEFS in every Node build; its published type leaves it out
      const { NODEFS } = module as unknown as EmscriptenModule;
      NODEFS.stream_ops.fsync = (stream) => {
        try {
          if (typeof stream.nfd === 'number') fs.fsyncSync(stream.nfd);
          else fsyncDirectory(NODEFS.realPath(stream.node));
        } catch (error) {
          this.#onFailure(error);
        }
        return 0;
      };
    });
    return result;
  }
}

function fsyncDirectory(path: string): void {
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
