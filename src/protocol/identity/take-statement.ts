/** Which of a service's statements counts, when one more arrives: the chain goes on, repeats itself, or contradicts itself. */
import { textHash } from '../exchange/forms.ts';
import type { Primitives } from '../primitives.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { KeyStatement, ServiceKeys } from './statement.ts';
import { placeOf, signerOf, splitStatement, verifyStatement } from './verify-statement.ts';

/** All that is kept of one service's statements. */
export interface KeptStatements {
  /** In force, oldest first; the first is version 1, the card. Never empty. */
  readonly chain: readonly [ServiceKeys, ...KeyStatement[]];
  /** Verified, and contradicted by the chain: kept as evidence. */
  readonly contradicting: readonly KeyStatement[];
}

export type TakenStatement =
  | { readonly verdict: 'known' }
  /** The next of the chain. */
  | { readonly verdict: 'follows'; readonly statement: KeyStatement }
  /**
   * KEY-1: the service signed two things under one number; people must speak before anything more is believed.
   * `takesOver`: it is the recovery key's word against the signing key's, so from here its branch counts.
   */
  | { readonly verdict: 'contradicts'; readonly statement: KeyStatement; readonly takesOver: boolean };

export function takeStatement(jws: string, kept: KeptStatements, primitives: Primitives): TakenStatement | Refusal {
  const { chain, contradicting } = kept;
  const known = [...chain, ...contradicting];
  const hash = textHash(jws, primitives);
  if (known.some((one) => one.hash === hash)) return { verdict: 'known' };
  const split = splitStatement(jws);
  if (split === null) return refuse('keys-invalid');
  // Signed by a key that we never heard of: a statement between may be missing.
  if (!known.some((one) => one.signing[0]?.id === split.kid || one.recovery?.id === split.kid))
    return refuse('keys-gap');
  if (!known.some((one) => signerOf(split, one, primitives) !== null)) return refuse('keys-invalid');
  const place = placeOf(split);
  const before = known.find((one) => one.hash === place?.previous);
  if (!before) return refuse(place && place.version > newest(kept).version + 1 ? 'keys-gap' : 'keys-invalid');
  const statement = verifyStatement(jws, before, primitives);
  if (isRefusal(statement)) return statement;
  if (before.hash === newest(kept).hash) return { verdict: 'follows', statement };
  return { verdict: 'contradicts', statement, takesOver: takesOver(statement, kept) };
}

export function newest({ chain }: Pick<KeptStatements, 'chain'>): ServiceKeys {
  return chain.at(-1) ?? chain[0];
}

/** The chain and the evidence once `statement` of a verdict has been kept. */
export function keptAfter(kept: KeptStatements, taken: TakenStatement): KeptStatements {
  switch (taken.verdict) {
    case 'known':
      return kept;
    case 'follows':
      return { ...kept, chain: [...kept.chain, taken.statement] };
    case 'contradicts': {
      if (!taken.takesOver) return { ...kept, contradicting: [...kept.contradicting, taken.statement] };
      const [card, ...statements] = kept.chain;
      const branch = branchOf(taken.statement, kept);
      const fork = branch[0]?.previous;
      const shared = fork === card.hash ? 0 : statements.findIndex(({ hash }) => hash === fork) + 1;
      const inBranch = new Set(branch.map(({ hash }) => hash));
      return {
        chain: [card, ...statements.slice(0, shared), ...branch],
        contradicting: [...kept.contradicting.filter(({ hash }) => !inBranch.has(hash)), ...statements.slice(shared)],
      };
    }
  }
}

/** The statements from the fork to this one, oldest first. */
function branchOf(statement: KeyStatement, { chain, contradicting }: KeptStatements): KeyStatement[] {
  const inChain = new Set(chain.map(({ hash }) => hash));
  const branch = [statement];
  for (let first = statement; !inChain.has(first.previous); ) {
    const parent = contradicting.find(({ hash }) => hash === first.previous);
    if (!parent) break;
    branch.unshift(parent);
    first = parent;
  }
  return branch;
}

/**
 * The offline recovery key is what both sides of a fork have from before it, and what a thief of the signing key does not
 * have: its word wins over a branch without it. Where it spoke on both sides, the first word stays.
 */
function takesOver(statement: KeyStatement, kept: KeptStatements): boolean {
  const branch = branchOf(statement, kept);
  const fork = kept.chain.findIndex(({ hash }) => hash === branch[0]?.previous);
  const recovery = kept.chain[fork]?.recovery;
  if (!recovery) return false;
  const [, ...statements] = kept.chain;
  const spokeIn = (side: readonly KeyStatement[]) => side.some((one) => signedWith(one, recovery.id));
  return spokeIn(branch) && !spokeIn(statements.slice(fork));
}

/** By the recovery key of the fork and no other: a thief's branch may name a recovery key of its own. */
function signedWith(statement: KeyStatement, recovery: string): boolean {
  return statement.signedBy === 'recovery' && statement.signer === recovery;
}
