import { MailError } from '../../common/errors.ts';
import type { RetentionPreview } from '../../common/shapes/retention.ts';
import type { Call, Typed } from '../call.ts';
import { makeUsageError, readNumber } from '../failure.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';
import { formatPreview } from './retention.ts';

/** The count of --confirm-delete; null when it is not there. MailError usage. */
export function readConfirmed(typed: Typed): number | null {
  const text = typed.text('confirm-delete');
  return text === undefined ? null : readNumber('--confirm-delete', text, 0, 999_999_999);
}

/**
 * What the server wants as a sign that the user agrees to so many deletions: the number typed as option, or at the terminal.
 * MailError `usage` names count and option when nobody can be asked, `conflict` when it is another number by now.
 */
export async function confirmDelete(
  call: Call,
  preview: RetentionPreview,
  confirmed: number | null,
): Promise<string> {
  const { count, confirmation } = preview;
  if (confirmed === null && !process.stdin.isTTY) throw makeUsageError('confirm-delete', { count });
  if (confirmed === null) call.note(formatPreview(preview, call));
  const said = confirmed ?? (await askCount(call, count));
  if (said === count) return confirmation;
  throw new MailError('conflict', 'another count', { reason: 'confirm-delete', params: { count } });
}

async function askCount(call: Call, count: number): Promise<number> {
  const answer = await askLine(`${fill(call.words().typeCount, { count })} `, true);
  return answer.trim() === '' ? Number.NaN : Number(answer);
}
