/** The store's words on records of others that go onward, on permissions, and on those known through another. */
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { KeyId, RecordHash, RecordId, ServiceId, Trilingual, UnixMs } from '#src/protocol/primitives.ts';
import type { KnownService } from './store.ts';

/** A service card that a partner passed on, already verified. */
export interface VouchedCard {
  readonly id: ServiceId;
  readonly code: string;
  readonly names: Trilingual;
  readonly inceptionKey: Uint8Array;
  readonly signingKeys: { readonly [keyId: KeyId]: string };
  readonly sealingKey: { readonly id: KeyId; readonly publicKey: Uint8Array };
  readonly url: string | null;
  readonly text: string;
}

export interface OnwardWords {
  /** Whose records are believed here: the partners, and those that an unrevoked partner vouches for (KEY-2). */
  signers(): Promise<KnownService[]>;
  /** The service card that is kept of a service, ourselves included. */
  card(service: ServiceId): Promise<string | null>;
  /** Keeps a service as vouched for by `by`. One that is known already stays as it is, and false is returned. */
  vouchFor(card: VouchedCard, by: ServiceId, at: UnixMs): Promise<boolean>;
  /** How many services this partner vouches for. */
  vouchedCount(by: ServiceId): Promise<number>;

  /** Every condition of use of a revision that is held, its portions' included; none where it is not held. */
  handlingOf(hash: RecordHash): Promise<readonly Handling[]>;
  /** Through whom this service holds what we gave or permitted, the latest first; empty where directly or not at all. */
  viasOf(holder: ServiceId): Promise<ServiceId[]>;
  /** From whom we have records of this origin, the latest first. */
  sourcesOf(origin: ServiceId): Promise<ServiceId[]>;
  /** Whether we ourselves gave `to` any record of this origin. */
  gaveTo(to: ServiceId, origin: ServiceId): Promise<boolean>;
  /** Whether we ourselves gave `to` any record that we have from `source`. */
  gaveFrom(to: ServiceId, source: ServiceId): Promise<boolean>;
  /** EXC-5: true the first time that this letter is carried on. */
  carryOnce(letter: string, at: UnixMs): Promise<boolean>;

  /** PRM-1: every permission of its origin about this record, as its newest revision has it; where it is not held, of anybody. */
  permissionsAbout(record: RecordId): Promise<PermissionStanding[]>;
  /** Every permission that we gave and that names this service, as grantee or as the one to be given it. */
  permissionsNaming(service: ServiceId): Promise<PermissionStanding[]>;
  /** Puts what the newest revision of a permission says in place of the one before. */
  putPermission(permission: PermissionStanding, at: UnixMs): Promise<void>;
}
