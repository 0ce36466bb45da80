import { MailError } from '../common/errors.ts';
import type { PartKey } from '../server-kit/auth/part-key.ts';
import type { ProfileLink } from './profile-link.ts';

/** This part's id: the one it has, or a new one for the code of an administrator (DESIGN 9). */
export async function demandPartId(
  key: PartKey,
  profile: Pick<ProfileLink, 'enrol'>,
  enrolCode: string | null,
): Promise<string> {
  if (key.partId !== null) return key.partId;
  if (enrolCode === null) {
    throw new MailError('usage', 'this part is not enrolled: start it with --enrol CODE', {
      reason: 'part-not-enrolled',
    });
  }
  const { part } = await profile.enrol(enrolCode, key.publicJwk);
  await key.setPartId(part);
  return part;
}
