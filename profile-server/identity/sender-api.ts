import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};

/** Whether `user` may send as an address, and by which way. */
export interface SenderAuthorisation {
  allowed: boolean;
  /** Why not, as a code: `not-your-address`, `user-disabled`. */
  reason: string | null;
  account: string | null;
  identity: string | null;
  name: string | null;
  send: { way: 'relay' | 'smarthost'; smtp: SmtpSettings | null } | null;
  /** Id of the storage-server that takes the results. */
  home: string;
}

export const senderRouter = trpc.router({
  authorise: trpc.relay
    .input(z.object({ user: id, from: z.string().max(1000) }))
    .query(async (): Promise<SenderAuthorisation> => soon()),
});
