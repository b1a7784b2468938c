/** What must hold in every world, whatever the network, the power, the clocks and the liars do. */
export const invariants = [
  'exactly once, in order',
  'receipts only for durable batches',
  'outbox kept until received',
  'nothing accepted is lost',
  'refusals reach the sender',
  'no link stops without a lie',
  'lies are refused',
  'a clone is noticed',
  'nothing withdrawn is revived',
  'what takes back says and hides nothing',
  'nobody decides on another’s record',
  'no correction contradicts what is held',
  'one content per revision',
  'only what was written',
  'no node holds what its marking forbids',
  'no node holds what no permission allows',
  'no reduced copy was widened',
  'no open relay',
  'the tree of holders is whole',
  'every correction reaches every holder',
] as const;
export type Invariant = (typeof invariants)[number];
