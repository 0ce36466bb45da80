import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import { formatTime } from '../../common/time.ts';
import { PART_KINDS } from '../../server-kit/auth/caller.ts';
import { trpc } from '../trpc.ts';
import { announcePart, editPart, enrolPart, makeEnrolCode, shutOutPart } from './enrol-part.ts';
import { partFacts } from '../../common/shapes/facts.ts';
import { keepFacts, showFacts } from './part-facts.ts';
import { partUrl, publicJwk, submissionAddress, type PartView } from './part-shapes.ts';
import { showParts } from './show-parts.ts';

const partKind = z.enum(PART_KINDS);

export const partRouter = trpc.router({
  enrol: trpc.open
    .input(z.object({ code: z.string().max(200), kind: partKind, publicJwk }))
    .mutation(async ({ ctx: { server }, input }) => await enrolPart(server, input)),
  announce: trpc.part
    .input(z.object({ url: partUrl, submission: submissionAddress.nullable() }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await announcePart(server, caller, input);
      return {};
    }),
  list: trpc.open.query(async ({ ctx: { server, caller } }): Promise<{ parts: PartView[] }> => {
    if (caller.kind === 'anonymous') throw new MailError('not-signed-in', 'sign in first');
    if (caller.kind === 'user' && !caller.admin) {
      throw new MailError('forbidden', 'only parts and admins may do this', { reason: 'admins-only' });
    }
    // What a part is told of, it believes: only admins see those that are shut out.
    return { parts: await showParts(server, { all: caller.kind === 'user' }) };
  }),
  /** Every 30 s; what is known of parts for administrators and alerts. */
  report: trpc.part
    .input(z.object({ facts: partFacts }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await keepFacts(server, caller.part, input.facts);
      return {};
    }),
  facts: trpc.admin.query(async ({ ctx: { server } }) => ({ facts: await showFacts(server.db.read) })),
  makeCode: trpc.admin
    .input(z.object({ kind: partKind }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      const { code, expiresAt } = await makeEnrolCode(server, caller.user, input.kind);
      return { code, expiresAt: formatTime(expiresAt) };
    }),
  edit: trpc.admin
    .input(z.object({ id, newUsers: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await editPart(server, caller.user, input);
      return {};
    }),
  shutOut: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await shutOutPart(server, caller.user, input.id);
      return {};
    }),
});
