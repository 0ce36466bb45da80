import { z } from 'zod';
import type { JWK } from 'jose';
import { MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import { PART_KINDS, type PartKind } from '../../server-kit/auth/caller.ts';
import { trpc } from '../trpc.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};
const partKind = z.enum(PART_KINDS);
const partUrl = z.url({ protocol: /^https?$/ }).max(500);

/** An Ed25519 public key (RFC 8037); anything more, such as the private half, is refused. */
const publicJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  alg: z.string().max(20).optional(),
  kid: z.string().max(100).optional(),
  use: z.string().max(20).optional(),
});

export const submissionAddress = z.object({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  tls: z.boolean(),
});
export type SubmissionAddress = z.infer<typeof submissionAddress>;

/** A part of Valija as the others see it. */
export interface PartView {
  id: string;
  kind: PartKind;
  url: string | null;
  submission: SubmissionAddress | null;
  publicJwk: JWK;
  state: 'active' | 'shut-out';
  lastSeen: string | null;
}

export const partRouter = trpc.router({
  enrol: trpc.open
    .input(z.object({ code: z.string().max(200), kind: partKind, publicJwk }))
    .mutation(async (): Promise<{ part: string; issuer: string }> => soon()),
  announce: trpc.part
    .input(z.object({ url: partUrl, submission: submissionAddress.nullable() }))
    .mutation(async (): Promise<Record<string, never>> => soon()),
  list: trpc.open.query(async (): Promise<{ parts: PartView[] }> => soon()),
  makeCode: trpc.admin
    .input(z.object({ kind: partKind }))
    .mutation(async (): Promise<{ code: string; expiresAt: string }> => soon()),
  shutOut: trpc.admin.input(z.object({ id })).mutation(async (): Promise<Record<string, never>> => soon()),
});
