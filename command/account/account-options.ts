import type { AccountSettings, Pop3Settings, SmtpSettings } from '../../common/shapes/account.ts';
import type { Typed } from '../call.ts';
import { makeUsageError, readChoice, readNumber } from '../failure.ts';

// The words of common/shapes/account.ts; spelt out here because loading zod would double the start of each command.
const TLS = ['implicit', 'starttls', 'none'] as const;
const POP3_AUTH = [
  'auto',
  'user',
  'apop',
  'plain',
  'login',
  'scram-sha-256',
  'xoauth2',
  'oauthbearer',
] as const;
const SMTP_AUTH = ['auto', 'plain', 'login', 'xoauth2', 'oauthbearer', 'none'] as const;
/** Seconds between polls. */
export const INTERVAL = { min: 60, max: 86_400, default: 300 };

const POP3_PORTS = { implicit: 995, starttls: 110, none: 110 } as const;
const SMTP_PORTS = { implicit: 465, starttls: 587, none: 25 } as const;

/** The settings that the options describe, over those of `before` (null: a new account). MailError usage. */
export function readAccountSettings(typed: Typed, before: AccountSettings | null): AccountSettings {
  const email = typed.text('email') ?? before?.email ?? '';
  return {
    email,
    name: typed.text('name') ?? before?.name ?? null,
    pop3: readPop3(typed, email, before?.pop3),
    send: readSend(typed, email, before?.send),
    keep: readKeep(typed) ?? before?.keep ?? 'always',
    ...readInterval(typed, before),
    paused: before?.paused ?? false,
    signedInOnly: readSignedInOnly(typed) ?? before?.signedInOnly ?? false,
  };
}

/** `--signed-in-only`, and `--signed-out-too` takes it back. MailError usage. */
function readSignedInOnly(typed: Typed): boolean | undefined {
  if (typed.has('signed-in-only') && typed.has('signed-out-too')) {
    throw makeUsageError('not-together', { option: '--signed-in-only', other: '--signed-out-too' });
  }
  return typed.has('signed-in-only') ? true : typed.has('signed-out-too') ? false : undefined;
}

/** `auto` lets the time between polls follow the mail; `auto:N` never under N seconds, which is otherwise what it was. */
function readInterval(
  typed: Typed,
  before: AccountSettings | null,
): Pick<AccountSettings, 'interval' | 'adaptive'> {
  const text = typed.text('interval');
  const interval = before?.interval ?? INTERVAL.default;
  if (text === undefined) return { interval, adaptive: before?.adaptive ?? false };
  const [, auto, seconds] = /^(?:(auto)(?::|$))?(.*)$/.exec(text) ?? [];
  const adaptive = auto !== undefined;
  if (adaptive && seconds === '') return { interval, adaptive };
  return { interval: readNumber('--interval', seconds ?? '', INTERVAL.min, INTERVAL.max), adaptive };
}

function readPop3(typed: Typed, email: string, before: Pop3Settings | undefined): Pop3Settings {
  const tls = readWord(typed, 'pop3-tls', TLS) ?? before?.tls ?? 'implicit';
  return {
    host: typed.text('pop3-host') ?? before?.host ?? '',
    port: readPort(typed, 'pop3-port') ?? before?.port ?? POP3_PORTS[tls],
    tls,
    user: typed.text('pop3-user') ?? before?.user ?? email,
    auth: readWord(typed, 'pop3-auth', POP3_AUTH) ?? before?.auth ?? 'auto',
  };
}

function readSend(
  typed: Typed,
  email: string,
  before: AccountSettings['send'] | undefined,
): AccountSettings['send'] {
  const smtp = ['smtp-host', 'smtp-port', 'smtp-tls', 'smtp-user', 'smtp-auth', 'smtp-password-file'];
  const given = smtp.find((name) => typed.has(name));
  const way =
    readWord(typed, 'send', ['relay', 'smarthost']) ?? (given ? 'smarthost' : (before?.way ?? 'relay'));
  if (way === 'relay') {
    if (given) throw makeUsageError('not-together', { option: '--send relay', other: `--${given}` });
    return { way, smtp: null };
  }
  return { way, smtp: readSmtp(typed, email, before?.smtp ?? null) };
}

function readSmtp(typed: Typed, email: string, before: SmtpSettings | null): SmtpSettings {
  const host = typed.text('smtp-host') ?? before?.host;
  if (host === undefined) throw makeUsageError('missing-option', { option: '--smtp-host' });
  const tls = readWord(typed, 'smtp-tls', TLS) ?? before?.tls ?? 'implicit';
  const auth = readWord(typed, 'smtp-auth', SMTP_AUTH) ?? before?.auth ?? 'auto';
  return {
    host,
    port: readPort(typed, 'smtp-port') ?? before?.port ?? SMTP_PORTS[tls],
    tls,
    user: auth === 'none' ? null : (typed.text('smtp-user') ?? before?.user ?? email),
    auth,
  };
}

/** The retention contract of --keep. MailError usage. */
export function readKeep(typed: Typed): string | undefined {
  const keep = typed.text('keep');
  if (keep !== undefined && !/^(always|delete|mirror|days:[1-9]\d{0,3})$/.test(keep)) {
    const allowed = 'always, days:N, delete, mirror';
    throw makeUsageError('bad-value', { option: '--keep', value: keep, allowed });
  }
  return keep;
}

function readWord<const T extends string>(typed: Typed, name: string, allowed: readonly T[]): T | undefined {
  const value = typed.text(name);
  return value === undefined ? undefined : readChoice(`--${name}`, value, allowed);
}

function readPort(typed: Typed, name: string): number | undefined {
  const value = typed.text(name);
  return value === undefined ? undefined : readNumber(`--${name}`, value, 1, 65_535);
}
