import { describe, expect, it } from 'vitest';
import { isReplaced } from './replaced-revision.ts';

const revisionsOf = (...statuses: string[]) => statuses.map((status, place) => ({ revision: place + 1, status }));
const replaced = (kind: string, revisions: ReturnType<typeof revisionsOf>) =>
  revisions.map((revision) => isReplaced(revision, { kind, revisions }));

describe('the revisions of a record', () => {
  it('are replaced by the newest, which keeps its status', () => {
    expect(replaced('report', revisionsOf('active', 'active', 'active'))).toEqual([true, true, false]);
    expect(replaced('report', revisionsOf('active', 'withdrawn'))).toEqual([true, false]);
  });

  it('say that they withdrew the record also when it was erased after', () => {
    expect(replaced('report', revisionsOf('active', 'withdrawn', 'erased'))).toEqual([true, false, false]);
  });

  it('are both kept where two have the newest number', () => {
    const two = [...revisionsOf('active', 'active'), { revision: 2, status: 'active' }];
    expect(replaced('report', two)).toEqual([true, false, false]);
  });

  it('[REC-5] do not end the older terms of an agreement by their number alone', () => {
    expect(replaced('agreement', revisionsOf('active', 'active'))).toEqual([false, false]);
  });
});
