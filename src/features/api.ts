/** Every route of the node's API for officers, by operation name. */
import { bundles } from './bundles/contract.ts';
import { compose } from './compose/contract.ts';
import { corrections } from './corrections/contract.ts';
import { decisionRoutes } from './decisions/contract.ts';
import { demo } from './demo/contract.ts';
import { inbox } from './inbox/contract.ts';
import { keys } from './keys/contract.ts';
import { officers } from './officers/contract.ts';
import { partners } from './partners/contract.ts';
import { permissions } from './permissions/contract.ts';
import { records } from './records/contract.ts';
import { requests } from './requests/contract.ts';
import { session } from './session/contract.ts';
import { setUp } from './set-up/contract.ts';
import { sources } from './sources/contract.ts';

export const api = {
  ...session,
  ...demo,
  ...setUp,
  ...officers,
  ...inbox,
  ...records,
  ...compose,
  ...decisionRoutes,
  ...permissions,
  ...corrections,
  ...requests,
  ...sources,
  ...partners,
  ...bundles,
  ...keys,
} as const;
export type Api = typeof api;
