import { z } from 'zod';
import { trpc } from '../trpc.ts';
import { importContacts, type ImportedContacts } from './import-contacts.ts';

export const contactRouter = trpc.router({
  /** Many at once; single ones are items of the profile like all others (profile.change). */
  import: trpc.user
    .input(z.object({ contacts: z.array(z.json()).min(1).max(500) }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<ImportedContacts> =>
        await importContacts(server, caller, input.contacts),
    ),
});
