import type { MailRow } from '../../../common/shapes/mail.ts';
import type { Snooze } from '../../../common/shapes/snooze.ts';

/** A row of a list; `back`: when it came back, and then it stands among the mails of that moment. */
export type ListedRow = MailRow & { back?: string };

/**
 * The inbox, newest first, with what came back at its time. `complete`: there are no further pages, so that everything has
 * its place; else what belongs behind the last loaded row waits for its page. `only`: nothing is added that is not there.
 */
export function placeBack(
  rows: readonly MailRow[],
  snoozes: readonly Snooze[],
  { complete, only }: { complete: boolean; only: boolean },
): readonly ListedRow[] {
  const end = complete ? '' : (rows.at(-1)?.date ?? '');
  const known = new Map(rows.map((row) => [row.id, row]));
  const backs = snoozes.flatMap(({ mail, at, state }): (MailRow & { back: string })[] => {
    const row = known.get(mail.id) ?? (only ? undefined : mail);
    if (state !== 'back' || row === undefined || row.role !== 'inbox' || at < end) return [];
    return [{ ...row, back: at }];
  });
  if (backs.length === 0) return rows;
  const moved = new Set(backs.map(({ id }) => id));
  const placed: ListedRow[] = rows.filter(({ id }) => !moved.has(id));
  for (const row of backs) {
    const at = placed.findIndex((other) => (other.back ?? other.date) < row.back);
    placed.splice(at === -1 ? placed.length : at, 0, row);
  }
  return placed;
}
