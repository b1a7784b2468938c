/** By what nodes know this terminal again, after an officer signed in from it: it opens nothing, and stays after a sign-out. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sessionFileOf, writeOwn } from './session-file.ts';
import type { Env } from './terminal.ts';

/** The cookies by node and login: `name=value`. */
type Devices = { readonly [seat: string]: string };
const keptMax = 100;

const fileOf = (env: Env) => join(dirname(sessionFileOf(env)), 'devices.json');
const seatOf = (node: string, login: string) => `${login} ${node}`;

/** Null where this terminal is not known there; a missing or unreadable file is none. */
export async function readDevice(node: string, login: string, env: Env): Promise<string | null> {
  return (await read(env))[seatOf(node, login)] ?? null;
}

export async function rememberDevice(node: string, login: string, cookie: string, env: Env): Promise<void> {
  const { [seatOf(node, login)]: _before, ...others } = await read(env);
  const newest = [[seatOf(node, login), cookie], ...Object.entries(others)].slice(0, keptMax);
  await writeOwn(fileOf(env), Object.fromEntries(newest));
}

async function read(env: Env): Promise<Devices> {
  const text = await readFile(fileOf(env), 'utf8').catch(() => '{}');
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const known = Object.entries(parsed).filter(([, cookie]) => /^tansiq_device_[\w-]+=[\w.-]+$/.test(String(cookie)));
    return Object.fromEntries(known) as Devices;
  } catch {
    return {};
  }
}
