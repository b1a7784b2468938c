import type { Mutant } from './mutant.ts';

export const receiptBeforeDurable: Mutant = {
  name: 'receipt-before-durable',
  breaks: 'EXC-3: answers before the unit of the store is committed',
  caughtBy: ['receipts only for durable batches'],
  change: (core) => ({ ...core, driver: { ...core.driver, commitsFirst: false } }),
};
