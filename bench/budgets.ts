/** Ratios below which a measurement fails. They leave room for a busy machine: what they catch is a change for the worse. */
export const budgets = {
  /** Records per second, waiting at one node, to the slower of: durable single-row commits, Ed25519 sign and verify. */
  exchange: { embedded: 0.5, server: 0.5 },
} as const;
