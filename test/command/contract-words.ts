import { z } from 'zod';

/** What the shapes of the contract are made of. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const text = z.string().min(1);
export const count = z.number().int().min(0);
export const port = z.number().int().min(1).max(65_535);
export const list = <T extends z.ZodType>(of: T) => z.array(of);
export const orNull = <T extends z.ZodType>(of: T) => of.nullable();

export const problem = z.strictObject({
  code: text,
  message: text,
  action: orNull(text),
  serverLine: orNull(z.string()),
});

export const tls = z.enum(['implicit', 'starttls', 'none']);
export const pop3Auth = z.enum([
  'auto',
  'user',
  'apop',
  'plain',
  'login',
  'scram-sha-256',
  'xoauth2',
  'oauthbearer',
]);
