import { MailError } from '../../common/errors.ts';
import type { PartKey } from './part-key.ts';

/**
 * This part's id: the one it has, or a new one that `enrol` gets for an administrator's code.
 * MailError `usage` reason `part-not-enrolled` when it has neither id nor code.
 */
export async function demandPartId(
  key: PartKey,
  enrolCode: string | null,
  enrol: (code: string) => Promise<{ part: string }>,
): Promise<string> {
  if (key.partId !== null) return key.partId;
  if (enrolCode === null) {
    throw new MailError('usage', 'this part is not enrolled: start it with --enrol CODE', {
      reason: 'part-not-enrolled',
    });
  }
  const { part } = await enrol(enrolCode);
  await key.setPartId(part);
  return part;
}
