/** A person or a script at the command line: what they type, and what comes back. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExitCode, runTansiq } from '#src/cli/run.ts';
import type { Terminal } from '#src/cli/terminal.ts';

export interface Answered {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export class Desk {
  readonly home: string;
  readonly env: { readonly [name: string]: string };

  private constructor(home: string) {
    this.home = home;
    this.env = { XDG_CONFIG_HOME: join(home, 'config'), LANG: 'C.UTF-8' };
  }

  static async open(): Promise<Desk> {
    return new Desk(await mkdtemp(join(tmpdir(), 'tansiq-cli-')));
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.home, name);
    await writeFile(path, content);
    return path;
  }

  /** Answers to questions make it a terminal with a person; without any, it is a script with `input` on standard input. */
  async type(
    argv: readonly string[],
    at: { input?: string; answers?: readonly string[]; stop?: AbortSignal; env?: { [name: string]: string } } = {},
  ): Promise<Answered> {
    let [out, err] = ['', ''];
    const answers = [...(at.answers ?? [])];
    const terminal: Terminal = {
      interactive: at.answers !== undefined,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readInput: async () => new TextEncoder().encode(at.input ?? ''),
      ask: async (question) => {
        const answer = answers.shift();
        if (answer === undefined) throw new Error(`a question without an answer: ${question}`);
        return answer;
      },
      stop: at.stop ?? new AbortController().signal,
    };
    const code = await runTansiq(argv, terminal, { ...this.env, ...at.env });
    return { code, out, err };
  }

  /** With `--json`: exactly one document on standard output, whatever the exit code. */
  async json<T = unknown>(argv: readonly string[], at: Parameters<Desk['type']>[1] = {}): Promise<T> {
    const { out } = await this.type([...argv, '--json'], at);
    if (!out.endsWith('\n') || out.trimEnd().includes('\n')) throw new Error(`not one line: ${JSON.stringify(out)}`);
    return JSON.parse(out) as T;
  }
}
