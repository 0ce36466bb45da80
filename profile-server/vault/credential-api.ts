import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { AccountSettings, SmtpSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};

export const credentialRouter = trpc.router({
  use: trpc.storage
    .input(z.object({ lease: id, account: id, purpose: z.enum(['retrieve', 'test']) }))
    .mutation(async (): Promise<{ settings: AccountSettings; secret: string }> => soon()),
  submit: trpc.relay
    .input(z.object({ queueId: id, user: id, account: id }))
    .mutation(async (): Promise<{ smtp: SmtpSettings; secret: string | null }> => soon()),
  submitTest: trpc.storage
    .input(z.object({ user: id, account: id }))
    .mutation(async (): Promise<{ smtp: SmtpSettings; secret: string | null }> => soon()),
});
