import { agreement } from './agreement/index.ts';
import { answer } from './answer/index.ts';
import { assent } from './assent/index.ts';
import { correction } from './correction/index.ts';
import { correctionAnswer } from './correction-answer/index.ts';
import { disposition } from './disposition/index.ts';
import type { Kind } from './kind.ts';
import { outcome } from './outcome/index.ts';
import { permission } from './permission/index.ts';
import { permissionRequest } from './permission-request/index.ts';
import { report } from './report/index.ts';
import { request } from './request/index.ts';
import { service } from './service/index.ts';

const all: readonly Kind[] = [
  report,
  disposition,
  outcome,
  request,
  answer,
  agreement,
  assent,
  service,
  correction,
  correctionAnswer,
  permissionRequest,
  permission,
];

/** Every kind that this node knows, by name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(all.map((kind) => [kind.name, kind]));

export function kindOf(name: string): Kind | undefined {
  return kinds.get(name);
}
