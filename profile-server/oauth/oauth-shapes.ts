import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { OAUTH_FLOWS } from '../../common/shapes/oauth.ts';
import { host, secretText } from '../../common/shapes/account.ts';

const flow = z.enum(OAUTH_FLOWS);
const url = z.url({ protocol: /^https?$/ }).max(500);
const token = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\u0021-\u007e]+$/);

export const beginInput = z.object({
  provider: id,
  /** Null: the provider's first. */
  flow: flow.nullable(),
  /** Sign in again: the tokens become this account's. */
  account: id.nullable(),
  /** Told to the provider, and compared with the mailbox that was signed in where the provider tells it. */
  email: z.string().trim().max(320).nullable(),
});
export type BeginInput = z.infer<typeof beginInput>;

/** What an admin sets: for a built-in provider the client is enough, for an own one all of it. */
export const clientInput = z.object({
  provider: id,
  clientId: token,
  /** Null: a public client. */
  clientSecret: secretText.nullable(),
  name: z.string().trim().min(1).max(100).optional(),
  authorizeUrl: url.optional(),
  tokenUrl: url.optional(),
  deviceUrl: url.nullable().optional(),
  issuer: url.nullable().optional(),
  scopes: z.array(token).min(1).max(20).optional(),
  sasl: z.enum(['xoauth2', 'oauthbearer']).optional(),
  hosts: z.array(host).max(20).optional(),
  flows: z.array(flow).min(1).max(2).optional(),
});
export type ClientInput = z.infer<typeof clientInput>;
