import type {
  Account,
  AccountSecrets,
  AccountSettings,
  Pop3Settings,
  SmtpSettings,
  TlsMode,
} from '../../../../common/shapes/account.ts';
import type { DiscoveredSettings } from '../../../../common/shapes/discovery.ts';
import { readInterval } from './intervals.ts';

export const KEEPS = ['always', 'days', 'delete', 'mirror'] as const;
export type Keep = (typeof KEEPS)[number];

/** The form's fields as they are typed. */
export interface AccountForm {
  email: string;
  name: string;
  password: string;
  host: string;
  port: string;
  tls: TlsMode;
  user: string;
  auth: Pop3Settings['auth'];
  keep: Keep;
  days: string;
  /** Seconds, or `auto`. */
  interval: string;
  signedInOnly: boolean;
  way: 'relay' | 'smarthost';
  smtpHost: string;
  smtpPort: string;
  smtpTls: TlsMode;
  smtpUser: string;
  smtpAuth: SmtpSettings['auth'];
  smtpPassword: string;
}

/** What is typed. */
export type TextField = Exclude<keyof AccountForm, 'signedInOnly'>;

/** For a new account: the names that most servers have, made from the address. */
export function guessForm(email: string, name = ''): AccountForm {
  const address = email.trim();
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return {
    email: address,
    name,
    password: '',
    host: domain === '' ? '' : `pop.${domain}`,
    port: '995',
    tls: 'implicit',
    user: address,
    auth: 'auto',
    keep: 'always',
    days: '30',
    interval: 'auto',
    signedInOnly: false,
    way: 'relay',
    smtpHost: domain === '' ? '' : `smtp.${domain}`,
    smtpPort: '465',
    smtpTls: 'implicit',
    smtpUser: address,
    smtpAuth: 'auto',
    smtpPassword: '',
  };
}

/** The form filled with found settings. A domain's own server signs for it: mail sent that way arrives. */
export function fillForm(
  form: AccountForm,
  { pop3, smtp }: Pick<DiscoveredSettings, 'pop3' | 'smtp'>,
): AccountForm {
  const receiving = {
    ...form,
    host: pop3.host,
    port: String(pop3.port),
    tls: pop3.tls,
    user: pop3.user,
    auth: pop3.auth,
  };
  if (smtp === null) return { ...receiving, way: 'relay' };
  return {
    ...receiving,
    way: 'smarthost',
    smtpHost: smtp.host,
    smtpPort: String(smtp.port),
    smtpTls: smtp.tls,
    smtpUser: smtp.user ?? '',
    smtpAuth: smtp.auth,
  };
}

export function formOf(account: Account): AccountForm {
  const { pop3, send, keep } = account;
  const days = /^days:(\d+)$/.exec(keep)?.[1];
  const guess = guessForm(account.email, account.name ?? '');
  return {
    ...fillForm(guess, { pop3, smtp: send.smtp }),
    way: send.way,
    keep: days === undefined ? (keep as Keep) : 'days',
    days: days ?? guess.days,
    interval: account.adaptive ? 'auto' : String(account.interval),
    signedInOnly: account.signedInOnly,
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
        auth: form.auth,
      },
      send: {
        way: form.way,
        smtp: own
          ? {
              host: form.smtpHost.trim(),
              port: Number(form.smtpPort),
              tls: form.smtpTls,
              user: form.smtpUser.trim() || null,
              auth: form.smtpAuth,
            }
          : null,
      },
      keep: form.keep === 'days' ? `days:${Number(form.days)}` : form.keep,
      ...readInterval(form.interval, form.host),
      paused: before?.paused ?? false,
      signedInOnly: form.signedInOnly,
    },
    secrets: {
      ...(form.password === '' ? {} : { pop3Password: form.password }),
      ...(own && smtpPassword !== '' ? { smtpPassword } : {}),
    },
  };
}

/** Signs in at the provider's own page instead of with a password. */
export function usesOAuth({ auth }: Pick<Pop3Settings, 'auth'>): boolean {
  return auth === 'xoauth2' || auth === 'oauthbearer';
}

/** The first field that is not right yet, by name; null when the form can be tested. */
export function findGap(form: AccountForm, isNew: boolean): keyof AccountForm | null {
  const isPort = (text: string): boolean =>
    /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
  if (!isAddress(form.email)) return 'email';
  if (form.password === '' && isNew && !usesOAuth(form)) return 'password';
  if (form.host.trim() === '') return 'host';
  if (!isPort(form.port)) return 'port';
  if (form.user.trim() === '') return 'user';
  if (form.keep === 'days' && !/^[1-9]\d{0,3}$/.test(form.days)) return 'days';
  if (form.way === 'smarthost' && form.smtpHost.trim() === '') return 'smtpHost';
  return form.way === 'smarthost' && !isPort(form.smtpPort) ? 'smtpPort' : null;
}

export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text.trim());
}
