import { MailError } from '../../common/errors.ts';
import type { ProfileContext } from '../context.ts';
import { findPart } from './part-store.ts';

/** Within a waiting call: a part that was shut out meanwhile gets no more answers. */
export async function demandActivePart(server: ProfileContext, id: string): Promise<void> {
  const part = await findPart(server.db.read, id);
  if (part?.state === 'active') return;
  throw new MailError('not-signed-in', `part ${id} was shut out`, { reason: 'part' });
}
