/**
 * By which a browser is known again as one on which this officer signed in: it opens nothing, but what strangers guess at the
 * officer's name does not slow it (ACC-12). Signed by the node; no script can read it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeNew } from '#src/adapters/durable-file.ts';

const prefix = 'tansiq_device_';
const daysMax = 400;
const dayMs = 86_400_000;

export interface DeviceCookies {
  /** The device, where this login signed in on it before. */
  read(request: FastifyRequest, login: string): string | null;
  /** The device, where anybody did. */
  any(request: FastifyRequest): string | null;
  give(request: FastifyRequest, reply: FastifyReply, login: string, secure: boolean): void;
}

export function deviceCookies(secret: Uint8Array, now: () => number): DeviceCookies {
  const signature = (name: string, id: string, day: string) =>
    createHmac('sha256', secret).update(`${name}\n${id}\n${day}`).digest();
  const deviceIn = (name: string, value: string | undefined): string | null => {
    const [, id = '', day = '', mac = ''] = /^([\w-]{22})\.(\d{1,8})\.([\w-]{43})$/.exec(value ?? '') ?? [];
    const given = Buffer.from(mac, 'base64url');
    const expected = signature(name, id, day);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return now() / dayMs - Number(day) <= daysMax ? id : null;
  };
  return {
    read: (request, login) => deviceIn(nameOf(login), request.cookies[nameOf(login)]),
    any(request) {
      for (const [name, value] of Object.entries(request.cookies)) {
        const id = name.startsWith(prefix) ? deviceIn(name, value) : null;
        if (id !== null) return id;
      }
      return null;
    },
    give(request, reply, login, secure) {
      const name = nameOf(login);
      const id = this.read(request, login) ?? randomBytes(16).toString('base64url');
      const day = String(Math.floor(now() / dayMs));
      reply.setCookie(name, `${id}.${day}.${signature(name, id, day).toString('base64url')}`, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure,
        maxAge: daysMax * (dayMs / 1_000),
      });
    },
  };
}

/** The secret that signs them, made at the first start. Without it every device is a new one. */
export async function deviceSecret(home: string): Promise<Uint8Array> {
  const path = join(home, 'device-key');
  const read = () => readFile(path, 'utf8').catch(() => '');
  const kept = await read();
  if (kept !== '') return Buffer.from(kept, 'base64url');
  await writeNew(path, randomBytes(32).toString('base64url'));
  return Buffer.from(await read(), 'base64url');
}

function nameOf(login: string): string {
  return prefix + createHash('sha256').update(login.trim().toLowerCase()).digest('base64url').slice(0, 16);
}
