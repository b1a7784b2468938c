/** Ratios below which a measurement fails. They leave room for a busy machine: what they catch is a change for the worse. */
export const budgets = {
  /**
   * Records per second, waiting at one node, to the slower of: durable single-row commits, Ed25519 sign and verify. The aim
   * is 0.5; on two idle cores with both nodes and both databases on them it was 0.8 (embedded) and 0.4 to 0.5 (server).
   */
  exchange: { embedded: 0.3, server: 0.25 },
} as const;
