import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { profilePart } from '../../common/shapes/profile.ts';
import { demandExport } from '../lab/demand-export.ts';
import { trpc } from '../trpc.ts';
import { exportProfile, exportWithSecrets } from './export-profile.ts';
import { readProfileHistory } from './read-history.ts';
import { restoreProfile } from './restore-profile.ts';
import { undoChange } from './undo-change.ts';

const time = z.number().int().min(0);
const revision = z.number().int().min(1);

/** What takes a profile away, and back to what it was; merged into `profile`. */
export const profileTransferProcedures = {
  export: trpc.user.query(async ({ ctx: { server, caller } }) => {
    demandExport(caller);
    return await exportProfile(server, caller.user);
  }),
  exportSecrets: trpc.user
    .input(z.object({ password: z.string().max(1000), passphrase: z.string().min(8).max(1000) }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      demandExport(caller);
      return await exportWithSecrets(server, caller, input);
    }),
  history: trpc.user
    .input(
      z.object({
        since: time.nullable(),
        before: revision.nullable(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .query(
      async ({ ctx: { server, caller }, input }) => await readProfileHistory(server, caller.user, input),
    ),
  undo: trpc.user
    .input(z.object({ revision, part: profilePart, id }))
    .mutation(async ({ ctx: { server, caller }, input }) => await undoChange(server, caller, input)),
  restore: trpc.user
    .input(z.object({ at: time.nullable(), revision: revision.nullable(), dryRun: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input }) => await restoreProfile(server, caller, input)),
};
