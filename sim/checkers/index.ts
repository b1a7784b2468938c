import { Arrives } from './arrives.ts';
import { Clones } from './clones.ts';
import { Durability } from './durability.ts';
import { ExactlyOnce } from './exactly-once.ts';
import { Holders } from './holders.ts';
import { Letters } from './letters.ts';
import { Lies } from './lies.ts';
import { type Agreed, Markings } from './markings.ts';
import { Permissions } from './permissions.ts';
import { Revisions } from './revisions.ts';
import { Watch } from './watch.ts';

/**
 * Looks at a whole world from outside, while it runs and at its end. Every claim is about honest nodes: what a liar
 * accepts or loses is its own affair, but nothing it does may show elsewhere.
 */
export class Checkers {
  readonly watch = new Watch();
  readonly exactlyOnce = new ExactlyOnce(this.watch);
  readonly durability = new Durability(this.watch);
  readonly arrives = new Arrives(this.watch);
  readonly revisions = new Revisions(this.watch);
  readonly lies = new Lies(this.watch);
  readonly permissions = new Permissions(this.watch);
  readonly letters = new Letters(this.watch);
  readonly holders = new Holders(this.watch);
  readonly clones = new Clones(this.watch);
  readonly markings: Markings;

  constructor(agreed: Agreed) {
    this.markings = new Markings(this.watch, agreed);
  }
}
