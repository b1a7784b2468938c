/** The explicit list of what a node serves: every contract with its handlers, in one place. */
import type { FastifyInstance } from 'fastify';
import { bundles } from '#src/features/bundles/contract.ts';
import { type BundlesDeps, bundlesRoutes } from '#src/features/bundles/server/index.ts';
import { compose } from '#src/features/compose/contract.ts';
import { type ComposeDeps, composeRoutes } from '#src/features/compose/server/index.ts';
import { corrections } from '#src/features/corrections/contract.ts';
import { type CorrectionDeps, correctionRoutes } from '#src/features/corrections/server/index.ts';
import { decisionRoutes as decisions } from '#src/features/decisions/contract.ts';
import { type DecisionDeps, decisionRoutes } from '#src/features/decisions/server/index.ts';
import { demo } from '#src/features/demo/contract.ts';
import { type DemoDeps, demoRoutes } from '#src/features/demo/server/index.ts';
import { inbox } from '#src/features/inbox/contract.ts';
import { type InboxDeps, inboxRoutes } from '#src/features/inbox/server/index.ts';
import { keys } from '#src/features/keys/contract.ts';
import { type KeysDeps, keysRoutes } from '#src/features/keys/server/index.ts';
import { officers } from '#src/features/officers/contract.ts';
import { type OfficersDeps, officersRoutes } from '#src/features/officers/server/index.ts';
import { partners } from '#src/features/partners/contract.ts';
import { type PartnerReadDeps, partnerReadRoutes } from '#src/features/partners/server/read.ts';
import { type PartnerWriteDeps, partnerWriteRoutes } from '#src/features/partners/server/write.ts';
import { permissions } from '#src/features/permissions/contract.ts';
import { type PermissionDeps, permissionRoutes } from '#src/features/permissions/server/index.ts';
import { records } from '#src/features/records/contract.ts';
import { type RecordsDeps, recordsRoutes } from '#src/features/records/server/index.ts';
import { requests } from '#src/features/requests/contract.ts';
import { type RequestDeps, requestRoutes } from '#src/features/requests/server/index.ts';
import { session } from '#src/features/session/contract.ts';
import { type SessionDeps, sessionRoutes } from '#src/features/session/server/index.ts';
import { setUp } from '#src/features/set-up/contract.ts';
import { type SetUpDeps, setUpRoutes } from '#src/features/set-up/server/index.ts';
import { sources } from '#src/features/sources/contract.ts';
import { sourceRoutes } from '#src/features/sources/server/index.ts';
import type { Gate } from './gate.ts';
import { mount } from './mount.ts';

export type NodeDeps = SessionDeps &
  OfficersDeps &
  InboxDeps &
  RecordsDeps &
  ComposeDeps &
  DecisionDeps &
  PermissionDeps &
  CorrectionDeps &
  RequestDeps &
  PartnerReadDeps &
  PartnerWriteDeps &
  BundlesDeps &
  KeysDeps;

/** What there is before anybody is signed in: the sign-in page, the first start. */
export function mountEntrance(app: FastifyInstance, gate: Gate, deps: DemoDeps & SetUpDeps): void {
  mount(app, demo, demoRoutes(deps), gate);
  mount(app, setUp, setUpRoutes(deps), gate);
}

/** What a service's officers work with. */
export function mountNode(app: FastifyInstance, gate: Gate, deps: NodeDeps): void {
  mount(app, session, sessionRoutes(deps), gate);
  mount(app, officers, officersRoutes(deps), gate);
  mount(app, inbox, inboxRoutes(deps), gate);
  mount(app, records, recordsRoutes(deps), gate);
  mount(app, compose, composeRoutes(deps), gate);
  mount(app, decisions, decisionRoutes(deps), gate);
  mount(app, permissions, permissionRoutes(deps), gate);
  mount(app, corrections, correctionRoutes(deps), gate);
  mount(app, requests, requestRoutes(deps), gate);
  mount(app, sources, sourceRoutes(deps), gate);
  mount(app, partners, { ...partnerReadRoutes(deps), ...partnerWriteRoutes(deps) }, gate);
  mount(app, bundles, bundlesRoutes(deps), gate);
  mount(app, keys, keysRoutes(deps), gate);
}
