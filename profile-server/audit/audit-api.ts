import { z } from 'zod';
import type { AuditPage, AuditVerification } from '../../common/shapes/audit.ts';
import { trpc } from '../trpc.ts';
import { readAudit, verifyAuditLog } from './read-audit.ts';

const who = z.string().min(1).max(200).optional();

/** The audit log, for organisation admins: each act of an admin and each use of a credential without a lease. */
export const auditRouter = trpc.router({
  list: trpc.admin
    .input(
      z.object({
        actor: who,
        subject: who,
        /** One action such as `user.disable`, or all of a kind: `user.*`. */
        action: z
          .string()
          .max(64)
          .regex(/^[a-z-]+(\.[a-zA-Z-]+)*(\.\*)?$/)
          .optional(),
        from: z.iso.date().optional(),
        to: z.iso.date().optional(),
        before: z.number().int().min(1).nullable().default(null),
        limit: z.number().int().min(1).max(1000).default(100),
      }),
    )
    .query(async ({ ctx: { server }, input }): Promise<AuditPage> => await readAudit(server.db.read, input)),
  verify: trpc.admin.query(
    async ({ ctx: { server } }): Promise<AuditVerification> => await verifyAuditLog(server.db.read),
  ),
});
