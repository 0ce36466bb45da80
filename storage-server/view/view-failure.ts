import type { ViewProblem } from './view-protocol.ts';

/** A file that cannot be shown, and why. */
export class ViewFailure extends Error {
  readonly reason: ViewProblem;
  constructor(reason: ViewProblem) {
    super(reason);
    this.reason = reason;
  }
}
