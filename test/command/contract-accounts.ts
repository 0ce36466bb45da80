import { z } from 'zod';
import { count, id, list, orNull, pop3Auth, port, problem, text, time, tls } from './contract-words.ts';

// What the contract has gained for accounts since its first version, as strict as the rest.
const server = z.strictObject({ host: text, port, tls, user: text, auth: pop3Auth });
export const discovery = z.strictObject({
  email: text,
  provider: orNull(
    z.strictObject({
      id: text,
      name: text,
      needs: list(z.enum(['app-password', 'enable-pop', 'oauth', 'no-pop'])),
      help: orNull(z.url()),
      oauth: orNull(text),
    }),
  ),
  found: list(
    z.strictObject({
      source: z.enum(['provider', 'autoconfig', 'srv', 'probe']),
      pop3: server,
      smtp: orNull(z.strictObject({ host: text, port, tls, user: orNull(text), auth: text })),
      smtpVerified: z.boolean(),
      verified: z.boolean(),
      confirm: z.boolean(),
    }),
  ),
  unencrypted: orNull(z.strictObject({ host: text, port })),
});
export const timeline = z.strictObject({
  account: id,
  lastSuccess: orNull(time),
  nextTry: orNull(time),
  nextAllowed: orNull(time),
  currentInterval: z.number().int().min(60),
  days: list(z.strictObject({ day: z.string().regex(/^\d{4}-\d\d-\d\d$/), mails: count, bytes: count })),
  entries: list(
    z.strictObject({
      from: time,
      to: time,
      polls: z.number().int().min(1),
      new: count,
      bytes: count,
      error: orNull(problem),
    }),
  ),
  next: orNull(text),
});
export const retention = z.strictObject({
  account: id,
  keep: text,
  count,
  bytes: count,
  examples: list(z.strictObject({ id, subject: z.string(), from: z.string(), date: time })),
});
export const oauthClient = z.strictObject({
  provider: id,
  name: text,
  builtIn: z.boolean(),
  clientId: orNull(text),
  hasSecret: z.boolean(),
  flows: list(z.enum(['code', 'device'])),
  authorizeUrl: z.url(),
  tokenUrl: z.url(),
  deviceUrl: orNull(z.url()),
  issuer: orNull(z.url()),
  scopes: list(text),
  sasl: z.enum(['xoauth2', 'oauthbearer']),
  hosts: list(text),
});
export const oauthList = z.strictObject({ providers: list(oauthClient) });
export const oauthRemove = z.strictObject({ removed: id });
