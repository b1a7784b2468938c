/** EXC-4: a statement of who holds a record that a restored origin has not got back yet waits for it. */
import { placeText } from './checkers/exactly-once.ts';
import { tellLate } from './correcting.ts';
import type { AfterCommit } from './disk.ts';
import type { Arrived } from './keeping.ts';
import type { SimNode } from './node.ts';
import { takeHolding } from './onward.ts';
import { mayLackSomething } from './recovering.ts';

export function takeOrKeepHolding(node: SimNode, statement: string, place: Arrived, after: AfterCommit): void {
  if (mayLackSomething(node, place.peer)) {
    node.disk.lateHoldings.set(`${place.peer} ${placeText(place)} ${place.within ?? ''}`, { statement, place });
    return;
  }
  take(node, statement, place, after);
}

/** When what was lost has come back, or nothing was. */
export function takeLateHoldings(node: SimNode, after: AfterCommit): void {
  for (const [key, { statement, place }] of [...node.disk.lateHoldings.entries()]) {
    if (mayLackSomething(node, place.peer)) continue;
    node.disk.lateHoldings.delete(key);
    take(node, statement, place, after);
  }
}

function take(node: SimNode, statement: string, place: Arrived, after: AfterCommit): void {
  const holding = takeHolding(node, statement, place, after);
  // COR-1: somebody of whom we hear only now may hold what was corrected meanwhile
  if (holding !== null) tellLate(node, holding, node.world.random, after);
}
