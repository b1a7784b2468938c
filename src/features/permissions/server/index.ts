import { refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import { nameResolved } from '../../resolving.ts';
import type { permissions } from '../contract.ts';
import { askRoutes } from './ask.ts';
import { decideRoutes } from './decide.ts';
import type { PermissionDeps } from './permission-deps.ts';
import { routesOfUses } from './uses.ts';
import { permissionViews } from './views.ts';

export type { PermissionDeps } from './permission-deps.ts';

export function permissionRoutes(deps: PermissionDeps): Handlers<typeof permissions> {
  const { database, clock, signing } = deps;
  return {
    listPermissions({ params }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        // COR-3: who resolves a quarantined record reads what was permitted about it.
        await nameResolved(database, tx, params.id);
        const unit = database.unit(tx);
        const head = await unit.head(params.id);
        if (head === null) return refuse('not-found');
        const self = signing.keyring.identity.service;
        const standing = await unit.permissionsAbout(params.id);
        return permissionViews(tx, standing, {
          about: params.id,
          current: head.hash,
          isActive: head.state === 'active',
          origin: head.origin,
          self,
          caller,
          at: clock.now(),
        });
      });
    },
    ...askRoutes(deps),
    ...decideRoutes(deps),
    ...routesOfUses(deps),
  };
}
