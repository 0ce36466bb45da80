import { formatMailDate } from '../../../common/mail-date.ts';
import type { Millis } from '../../../common/time.ts';
import { changeHeader } from '../message/change-header.ts';

/** The message dated `to`, where it is dated `from`: a Date that its author wrote himself stays. */
export function changeDate(
  source: AsyncIterable<Uint8Array>,
  from: Millis,
  to: Millis,
): AsyncGenerator<Buffer> {
  const before = `Date: ${formatMailDate(new Date(from))}\r\n`;
  return changeHeader(source, (header) => {
    const text = header.toString('latin1');
    const at = text.startsWith(before) ? 0 : text.indexOf(`\n${before}`) + 1;
    if (at === 0 && !text.startsWith(before)) return header;
    const changed = `${text.slice(0, at)}Date: ${formatMailDate(new Date(to))}\r\n${text.slice(at + before.length)}`;
    return Buffer.from(changed, 'latin1');
  });
}
