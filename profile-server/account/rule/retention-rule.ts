/**
 * Whether contract `after` may delete messages on the maildrop that `before` would have left there, so that the user has to
 * confirm their number first. `mirror` deletes what was removed for ever here, also what was removed long ago.
 */
export function deletesMore(before: string, after: string): boolean {
  if (before === after || after === 'always' || before === 'delete') return false;
  if (after === 'mirror' || after === 'delete' || before === 'always' || before === 'mirror') return true;
  return daysOf(after) < daysOf(before);
}

/** Days that `days:N` keeps. */
function daysOf(keep: string): number {
  return Number(keep.slice('days:'.length));
}
