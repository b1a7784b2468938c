import type { MarkingView } from '#src/features/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';

const strictest = <V extends string>(order: readonly V[], values: readonly (string | undefined)[]): V | undefined =>
  order.find((value) => values.includes(value));

/**
 * The marking of a page that shows the whole record: the highest level, all compartments, the strictest labels. It is
 * what a reader must know before reading; what each portion demands stands beside the portion.
 */
export function highestMarking(record: Pick<RecordView, 'marking' | 'portions'>): MarkingView {
  const markings = [record.marking, ...record.portions.map(({ marking }) => marking)];
  const tlp = strictest(
    ['red', 'amber+strict', 'amber', 'green', 'clear'],
    markings.map((one) => one.tlp),
  );
  const pap = strictest(
    ['red', 'amber', 'green', 'clear'],
    markings.map((one) => one.pap),
  );
  return {
    level: Math.max(...markings.map(({ level }) => level)),
    compartments: [...new Set(markings.flatMap(({ compartments }) => compartments))].toSorted(),
    handling: record.marking.handling,
    releasableTo: record.marking.releasableTo,
    ...(tlp ? { tlp } : {}),
    ...(pap ? { pap } : {}),
  };
}
