import { z } from 'zod';
import { id } from './ids.ts';

export const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[^\s/@]+$/);
const port = z.number().int().min(1).max(65535);
/** No control characters: a user name goes into protocol lines (RFC 1939 has no quoting). */
const loginName = z
  .string()
  .min(1)
  .max(320)
  .regex(/^[^\u0000-\u001f\u007f]+$/);
export const secretText = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\r\n\0]+$/);

export const TLS_MODES = ['implicit', 'starttls', 'none'] as const;
export const tlsMode = z.enum(TLS_MODES);
export type TlsMode = z.infer<typeof tlsMode>;

export const POP3_AUTHS = [
  'auto',
  'user',
  'apop',
  'plain',
  'login',
  'scram-sha-256',
  'xoauth2',
  'oauthbearer',
] as const;
export const pop3Auth = z.enum(POP3_AUTHS);
export const smtpAuth = z.enum(['auto', 'plain', 'login', 'xoauth2', 'oauthbearer', 'none']);

/** SASL mechanisms that take an access token instead of a password (RFC 7628, and Google's own). */
export function isTokenAuth(auth: string): boolean {
  return auth === 'xoauth2' || auth === 'oauthbearer';
}

export const pop3Settings = z.object({ host, port, tls: tlsMode, user: loginName, auth: pop3Auth });
export type Pop3Settings = z.infer<typeof pop3Settings>;

export const smtpSettings = z.object({
  host,
  port,
  tls: tlsMode,
  user: loginName.nullable(),
  auth: smtpAuth,
});
export type SmtpSettings = z.infer<typeof smtpSettings>;

export const sendSettings = z.object({
  way: z.enum(['relay', 'smarthost']),
  smtp: smtpSettings.nullable(),
});

/**
 * Retention contract: `always` keeps all on the maildrop, `days:N` N days, `delete` deletes what is durable here,
 * `mirror` deletes there what the user deletes for ever here.
 */
export const keep = z.string().regex(/^(always|delete|mirror|days:[1-9]\d{0,3})$/);

export const INTERVAL_SECONDS = { min: 60, max: 86_400, default: 300 } as const;

export const accountSettings = z.object({
  email: z
    .string()
    .trim()
    .max(320)
    .regex(/^[^\s@]+@[^\s@]+$/),
  name: z.string().trim().max(200).nullable(),
  pop3: pop3Settings,
  send: sendSettings,
  keep,
  /** Seconds between polls; with `adaptive` the smallest. */
  interval: z.number().int().min(INTERVAL_SECONDS.min).max(INTERVAL_SECONDS.max),
  /** Polled more often while mail comes, more seldom while none does. */
  adaptive: z.boolean().default(false),
  /** The user wants no polls for now. */
  paused: z.boolean().default(false),
  /** Polled only while the user is signed in: its secrets stand under a key that the server cannot open without him. */
  signedInOnly: z.boolean().default(false),
});
export type AccountSettings = z.infer<typeof accountSettings>;
/** As clients send them: what has a default may be left out. */
export type AccountSettingsInput = z.input<typeof accountSettings>;

/** Passwords go in and never come out. */
export const accountSecrets = z.object({
  pop3Password: secretText.optional(),
  smtpPassword: secretText.optional(),
  /** Id of a finished `oauth.begin`: its tokens become the account's, for POP3 and SMTP. */
  oauthGrant: id.optional(),
});
export type AccountSecrets = z.infer<typeof accountSecrets>;

export const accountProblem = z.object({
  code: z.string(),
  message: z.string(),
  /** The next step for the user; null when there is none. */
  action: z.string().nullable().optional(),
  serverLine: z.string().nullable(),
  /** Between parts and clients only: they choose and fill the sentence in the user's language. Not in the contract's JSON. */
  reason: z.string().nullable().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type AccountProblem = z.infer<typeof accountProblem>;

export const ACCOUNT_STATES = ['new', 'ok', 'late', 'failing', 'needs-sign-in', 'paused'] as const;

/** ACCOUNT of the contract: never a secret. On the wire between parts `error.message` is English; clients rewrite it from the code. */
export const account = accountSettings.extend({
  id,
  state: z.enum(ACCOUNT_STATES),
  lastSuccess: z.string().nullable(),
  nextTry: z.string().nullable(),
  failingSince: z.string().nullable(),
  /** When "check now" is allowed next, null when it is now. */
  nextAllowed: z.string().nullable().default(null),
  /** Seconds between polls as they are now: the provider or `adaptive` may have made them longer. */
  currentInterval: z.number().default(0),
  /** Id of the OAuth provider that it signs in with, null for a password. */
  oauth: z.string().nullable().default(null),
  error: accountProblem.nullable(),
});
export type Account = z.infer<typeof account>;

/** `account test` of the contract. */
export interface AccountTest {
  pop3: {
    ok: boolean;
    error: AccountProblem | null;
    tls: string | null;
    capabilities: string[];
    messages: number | null;
  };
  smtp: null | { ok: boolean; error: AccountProblem | null; tls: string | null };
}
