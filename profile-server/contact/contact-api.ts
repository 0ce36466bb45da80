import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { MOST_COLLECTED } from '../../common/shapes/contact.ts';
import { demandHome } from '../part/demand-home.ts';
import { readSharedContacts } from '../layer/view-layer.ts';
import { trpc } from '../trpc.ts';
import { collectContacts } from './collect-contacts.ts';
import { importContacts, type ImportedContacts } from './import-contacts.ts';

const address = z.object({ name: z.string().max(1000).nullable(), address: z.string().min(3).max(320) });

export const contactRouter = trpc.router({
  /** Address books of the organisation and of the caller's group, read where they are; `revision` changes with them. */
  shared: trpc.user
    .input(
      z.object({
        after: z.string().max(64).default(''),
        limit: z.number().int().min(1).max(1000).default(500),
      }),
    )
    .query(
      async ({ ctx: { server, caller }, input }) =>
        await readSharedContacts(server.db.read, caller.user, input),
    ),
  /** Many at once; single ones are items of the profile like all others (profile.change). */
  import: trpc.user
    .input(z.object({ contacts: z.array(z.json()).min(1).max(500) }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<ImportedContacts> =>
        await importContacts(server, caller, input.contacts),
    ),
  /** Those whom a user has just written to. */
  collect: trpc.storage
    .input(z.object({ user: id, people: z.array(address).min(1).max(MOST_COLLECTED) }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      await demandHome(server, caller.part, input.user);
      return await collectContacts(server, input.user, input.people);
    }),
});
