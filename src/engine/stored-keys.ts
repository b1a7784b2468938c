/** Keys for reading what is kept: retired and revoked ones too, because what was admitted stays readable (KEY-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import type { StoredKeys } from '#src/ports/store-keys.ts';
import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';

export type KeyOf = (origin: ServiceId, key: KeyId) => Uint8Array | undefined;

/** Every key that this service ever signed with, as far as we know. Read once in a unit of the store. */
export async function storedKeyOf(unit: StoreUnit, service: ServiceId): Promise<KeyOf> {
  const keys = await keysIn(unit, service);
  return (origin, key) => (origin === service ? (keys?.signing[key] ?? keys?.revoked[key]) : undefined);
}

/** Whether this key was revoked by its service: what it signed is not given to anybody any more, who would refuse it. */
export async function isRevoked(unit: StoreUnit, service: ServiceId, key: KeyId): Promise<boolean> {
  return (await keysIn(unit, service))?.revoked[key] !== undefined;
}

const read = new WeakMap<StoreUnit, Map<ServiceId, Promise<StoredKeys | null>>>();

function keysIn(unit: StoreUnit, service: ServiceId): Promise<StoredKeys | null> {
  const known = read.get(unit) ?? new Map<ServiceId, Promise<StoredKeys | null>>();
  read.set(unit, known);
  const keys = known.get(service) ?? unit.serviceKeys(service);
  known.set(service, keys);
  return keys;
}
