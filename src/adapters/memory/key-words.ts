import type { KeyWords } from '#src/ports/store-keys.ts';
import { change, type MemoryState } from './state.ts';

export function keyWords(state: MemoryState): KeyWords {
  return {
    async keyStatements(service) {
      return [...state.keyStatements.values()]
        .filter((kept) => kept.service === service)
        .map(({ version, hash, jws, inForce }) => ({ version, hash, jws, inForce }))
        .sort((a, b) => a.version - b.version || Number(b.inForce) - Number(a.inForce) || (a.hash < b.hash ? -1 : 1));
    },
    async putKeyStatement(service, statement) {
      const same = [...state.keyStatements.values()].some(
        (kept) =>
          kept.service === service &&
          kept.version === statement.version &&
          kept.inForce &&
          kept.hash !== statement.hash,
      );
      if (same && statement.inForce) throw new Error('another statement of this version is in force');
      state.keyStatements.set(`${service} ${statement.hash}`, { ...statement, service });
    },
    async serviceKeys(service) {
      const known = state.services.get(service);
      if (!known) return null;
      const { version, revoked } = state.keyVersions.get(service) ?? { version: 1, revoked: {} };
      return { version, revoked, signing: known.signingKeys, sealing: known.sealingKey };
    },
    async setServiceKeys(service, { version, signing, revoked, sealing }) {
      change(state.services, service, { signingKeys: signing, sealingKey: sealing });
      state.keyVersions.set(service, { version, revoked });
    },
    async keysTold() {
      return [...state.services.values()]
        .filter((service) => !service.isSelf && service.confirmed && !service.revoked)
        .map(({ id }) => state.keysTold.get(id) ?? { service: id, version: 0, at: null })
        .sort((a, b) => (a.service < b.service ? -1 : 1));
    },
    async noteKeysTold(partner, version, at) {
      state.keysTold.set(partner, { service: partner, version, at });
    },
  };
}
