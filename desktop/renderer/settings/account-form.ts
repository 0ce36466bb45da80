import type { Account, AccountSecrets, AccountSettings, TlsMode } from '../../../common/shapes/account.ts';
import { guessSettings } from '../data/providers.ts';

/** The form's fields as they are typed. */
export interface AccountForm {
  email: string;
  name: string;
  password: string;
  host: string;
  port: string;
  tls: TlsMode;
  user: string;
  keep: 'always' | 'delete' | 'days';
  days: string;
  interval: string;
  way: 'relay' | 'smarthost';
  smtpHost: string;
  smtpPort: string;
  smtpTls: TlsMode;
  smtpUser: string;
  smtpPassword: string;
}

/** Choices of how often to check, in seconds. */
export const INTERVALS = [60, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400] as const;

export function emptyForm(): AccountForm {
  return {
    email: '',
    name: '',
    password: '',
    host: '',
    port: '995',
    tls: 'implicit',
    user: '',
    keep: 'always',
    days: '30',
    interval: '300',
    way: 'relay',
    smtpHost: '',
    smtpPort: '465',
    smtpTls: 'implicit',
    smtpUser: '',
    smtpPassword: '',
  };
}

/** The form filled with what the address tells; what the person will see and may change. */
export function fillFromAddress(form: AccountForm): AccountForm {
  const guess = guessSettings(form.email);
  return {
    ...form,
    email: form.email.trim(),
    host: guess.host,
    port: '995',
    tls: 'implicit',
    user: guess.user,
    interval: String(INTERVALS.find((one) => one >= Math.max(guess.minimum, 300)) ?? 300),
    // A known provider's own server signs for its domain: mail sent that way arrives.
    way: guess.known ? 'smarthost' : 'relay',
    smtpHost: guess.smtpHost,
    smtpPort: String(guess.smtpPort),
    smtpTls: guess.smtpPort === 465 ? 'implicit' : 'starttls',
    smtpUser: form.email.trim(),
  };
}

export function formOf(account: Account): AccountForm {
  const { pop3, send, keep } = account;
  const days = /^days:(\d+)$/.exec(keep)?.[1];
  const guess = guessSettings(account.email);
  return {
    email: account.email,
    name: account.name ?? '',
    password: '',
    host: pop3.host,
    port: String(pop3.port),
    tls: pop3.tls,
    user: pop3.user,
    keep: days === undefined ? (keep as 'always' | 'delete') : 'days',
    days: days ?? '30',
    interval: String(account.interval),
    way: send.way,
    smtpHost: send.smtp?.host ?? guess.smtpHost,
    smtpPort: String(send.smtp?.port ?? guess.smtpPort),
    smtpTls: send.smtp?.tls ?? 'implicit',
    smtpUser: send.smtp?.user ?? account.email,
    smtpPassword: '',
  };
}

/** What goes to the server. `before` keeps what the form does not show. */
export function readForm(
  form: AccountForm,
  before: Account | null,
): { settings: AccountSettings; secrets: AccountSecrets } {
  const own = form.way === 'smarthost';
  const smtpPassword = form.smtpPassword || form.password;
  return {
    settings: {
      email: form.email.trim(),
      name: form.name.trim() || null,
      pop3: {
        host: form.host.trim(),
        port: Number(form.port),
        tls: form.tls,
        user: form.user.trim(),
        auth: before?.pop3.auth ?? 'auto',
      },
      send: {
        way: form.way,
        smtp: own
          ? {
              host: form.smtpHost.trim(),
              port: Number(form.smtpPort),
              tls: form.smtpTls,
              user: form.smtpUser.trim() || null,
              auth: before?.send.smtp?.auth ?? 'auto',
            }
          : null,
      },
      keep: form.keep === 'days' ? `days:${Number(form.days)}` : form.keep,
      interval: Number(form.interval),
      adaptive: before?.adaptive ?? false,
      paused: before?.paused ?? false,
    },
    secrets: {
      ...(form.password === '' ? {} : { pop3Password: form.password }),
      ...(own && smtpPassword !== '' ? { smtpPassword } : {}),
    },
  };
}

/** The first field that is not right yet, by name; null when the form can be tested. */
export function findGap(form: AccountForm, isNew: boolean): keyof AccountForm | null {
  const isPort = (text: string): boolean =>
    /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
  if (!/^[^\s@]+@[^\s@]+$/.test(form.email.trim())) return 'email';
  if (form.password === '' && isNew) return 'password';
  if (form.host.trim() === '') return 'host';
  if (!isPort(form.port)) return 'port';
  if (form.user.trim() === '') return 'user';
  if (form.keep === 'days' && !/^[1-9]\d{0,3}$/.test(form.days)) return 'days';
  if (form.way === 'smarthost' && form.smtpHost.trim() === '') return 'smtpHost';
  return form.way === 'smarthost' && !isPort(form.smtpPort) ? 'smtpPort' : null;
}
