import type { Reader } from '../../../server-kit/database/database.ts';
import { makeFinding, type Finding } from '../finding.ts';
import { readAttachmentsAfter } from '../keeping-store.ts';

const PAGE = 1000;

/** What drafts have attached and cannot send: its bytes are gone, damaged, or not as many as its row says. */
export async function checkAttachments(
  read: Reader,
  sizeOf: (blob: string) => number | null,
  damaged: ReadonlySet<string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let after = '';
  for (let more = true; more;) {
    const page = await readAttachmentsAfter(read, after, PAGE);
    more = page.length === PAGE;
    after = page.at(-1)?.id ?? after;
    for (const { user, mail, blob, size } of page) {
      const found = sizeOf(blob);
      const whole = found === size && !damaged.has(blob);
      const detail = found === null ? 'missing' : found === size ? 'damaged' : `${size} of ${found}`;
      if (!whole) findings.push(makeFinding('attachment-wrong', { user, mail, detail }));
    }
  }
  return findings;
}
