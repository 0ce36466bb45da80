import { z } from 'zod';
import type { JWK } from 'jose';
import type { PartKind } from '../../server-kit/auth/caller.ts';

/** An Ed25519 public key (RFC 8037); anything more, such as the private half, is refused. */
export const publicJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type PublicJwk = z.infer<typeof publicJwk>;

export const partUrl = z.url({ protocol: /^https?$/ }).max(500);

/** Where the relay takes mail by SMTP. */
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
  /** Of a storage-server, for administrators; null for others. */
  users: number | null;
  newUsers: boolean | null;
}
