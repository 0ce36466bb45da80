import type { AccountTimeline, TimelineEntry } from '../../../common/shapes/timeline.ts';

export const minute = (n: number): string => new Date(Date.UTC(2026, 10, 20, 12, n)).toISOString();

/** Entries ten minutes apart, newest first, each of two polls. */
export function makeTimeline(entries: Partial<TimelineEntry>[], next: string | null = null): AccountTimeline {
  return {
    account: 'any',
    lastSuccess: minute(0),
    nextTry: minute(99),
    nextAllowed: null,
    currentInterval: 300,
    days: [{ day: new Date().toISOString().slice(0, 10), mails: 12, bytes: 34_567 }],
    entries: entries.map((entry, at) => {
      const [from, to] = [minute(-10 * at - 5), minute(-10 * at)];
      return { from, to, polls: 2, new: 0, bytes: 0, error: null, ...entry };
    }),
    next,
  };
}

const NO_ERROR = { nextAllowed: null, currentInterval: 300, oauth: null, error: null };
/** As the profile-server tells it. */
export const ACCOUNT = {
  email: 'ana@example.test',
  name: null,
  pop3: { host: '127.0.0.1', port: 110, tls: 'none', user: 'first', auth: 'auto' },
  send: { way: 'relay', smtp: null },
  keep: 'always',
  interval: 300,
  adaptive: false,
  paused: false,
  signedInOnly: false,
  state: 'ok',
  lastSuccess: null,
  nextTry: null,
  failingSince: null,
  ...NO_ERROR,
};

function makeFound(hosts: readonly string[], email: string, confirm = false): object[] {
  return hosts.map((host) => ({
    source: confirm ? 'srv' : 'provider',
    pop3: { host, port: 995, tls: 'implicit', user: email, auth: 'auto' },
    smtp: { host: 'smtp.example', port: 587, tls: 'starttls', user: email, auth: 'auto' },
    verified: true,
    confirm,
  }));
}

/** What is found for three addresses, and a provider at which one signs in. */
export const SETTINGS = {
  'discover.find': ({ email }: { email: string }) => {
    const domain = email.split('@')[1] ?? '';
    const google = {
      id: 'google',
      name: 'Gmail (Google)',
      needs: ['app-password', 'enable-pop'],
      oauth: 'google',
    };
    const icloud = { id: 'icloud', name: 'iCloud Mail (Apple)', needs: ['no-pop'], oauth: null };
    const help = 'https://help.example/pop';
    const hosts = ['first', 'second', 'third'].map((name) => `${name}.${domain}`);
    const base = { email, unencrypted: null };
    if (domain === 'icloud.example') return { ...base, provider: { ...icloud, help }, found: [] };
    if (domain === 'forged.example') {
      return { ...base, provider: null, found: makeFound(['mail.other.example'], email, true) };
    }
    return { ...base, provider: { ...google, help }, found: makeFound(hosts, email) };
  },
  'oauth.providers': () => ({
    providers: [
      { id: 'google', name: 'Google', flows: ['code', 'device'], ready: true, hosts: [], sasl: 'xoauth2' },
    ],
  }),
  'oauth.begin': ({ flow }: { flow: string | null }) => ({
    id: 'oab_1',
    flow: flow ?? 'code',
    url: null,
    userCode: 'WDJB-MJHT',
    verificationUrl: 'https://provider.example/device',
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  }),
  'oauth.wait': async () => await new Promise(() => undefined),
};
