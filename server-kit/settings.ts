import { hostname } from 'node:os';
import { MailError } from '../common/errors.ts';
import type { DatabaseSetting } from './database/database.ts';
import { isLoopbackHost } from './http/loopback.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import {
  readBoolean,
  readAddresses,
  readBytes,
  readMailAddress,
  readEndpoint,
  readList,
  readPort,
  readUrl,
  refuseSetting,
  refuseWithout,
} from './setting-values.ts';

/** Where each part listens. */
export interface Ports {
  profile: number;
  storage: number;
  submission: number;
  relay: number;
}

/** All settings of .env.example, checked, with defaults; passwords inside `database` are for nobody's log. */
export interface Settings {
  dataDir: string;
  host: string;
  ports: Ports;
  database: DatabaseSetting;
  /** The addresses clients see. */
  publicUrl: string;
  storageUrl: string;
  relayUrl: string;
  tls: { certFile: string; keyFile: string } | null;
  behindProxy: boolean;
  allowNetworks: string[];
  registration: 'open' | 'invite' | 'closed';
  /** Whether users prove that an address is theirs before the relay sends as it by our own way. */
  senders: 'claimed' | 'verified';
  /** Characters of a new password that stands alone. */
  passwordLeast: number;
  /** Whether homes count how mail is used. */
  statistics: 'on' | 'off';
  /** Sender of Valija's own mails. */
  noticeFrom: string;
  masterKeyFile: string | null;
  /** Run by the shell: it prints the key. */
  masterKeyCommand: string | null;
  relaySmarthost: { host: string; port: number } | null;
  /** From which mail leaves by MX, for SPF; null: the public ones of this machine and of the relay's name. */
  relayAddresses: string[] | null;
  dns: { host: string; port: number } | null;
  mxPort: number;
  mtaStsPort: number;
  metricsToken: string | null;
  /** Bytes of mail that each user may hold; null: no limit. */
  userQuota: number | null;
  /** Where submission begins with TLS at once (RFC 8314 3.3); null: nowhere. */
  submissionsPort: number | null;
  /** Recipients an hour that each user may send to; null: no limit. */
  sendLimit: number | null;
  logLevel: LogLevel;
}

/** Setting names as in the environment without the prefix; a flag `--relay-smarthost` is `RELAY_SMARTHOST` here. */
export type SettingSource = (name: string) => string | undefined;

export const DEFAULT_PORT_BASE = 7300;

export function portsFrom(base: number): Ports {
  return { profile: base + 10, storage: base + 20, submission: base + 25, relay: base + 30 };
}

/** Reads every setting from one source (flags before environment before file); MailError `usage` names what is wrong. */
export function readSettings(read: SettingSource, ports: Ports): Settings {
  const host = read('HOST') ?? '127.0.0.1';
  const behindProxy = readBoolean('BEHIND_PROXY', read('BEHIND_PROXY'));
  const tls = readTls(read);
  checkListening({ host, behindProxy, tls: tls !== null });
  const address = (name: string, port: number): string => {
    const given = read(name);
    if (given !== undefined) return readUrl(name, given);
    if (behindProxy) throw refuseWithout('BEHIND_PROXY', name);
    return defaultAddress(host, port, tls !== null);
  };
  const publicUrl = address('PUBLIC_URL', ports.profile);
  return {
    dataDir: read('DATA') ?? './data',
    host,
    ports,
    database: readDatabase(read('DATABASE') ?? 'sqlite'),
    publicUrl,
    storageUrl: address('STORAGE_URL', ports.storage),
    relayUrl: address('RELAY_URL', ports.relay),
    tls,
    behindProxy,
    allowNetworks: readList(read('ALLOW_NETWORKS')),
    registration: readRegistration(read('REGISTRATION'), { host, behindProxy, publicUrl }),
    senders: readSenders(read('SENDERS'), { host, behindProxy, publicUrl }),
    passwordLeast: readPasswordLeast(read('PASSWORD_LEAST'), { host, behindProxy, publicUrl }),
    statistics: readStatistics(read('STATISTICS')),
    noticeFrom: readMailAddress(
      'NOTICE_FROM',
      read('NOTICE_FROM') ?? `valija@${new URL(publicUrl).hostname.replace(/^\[.*\]$/, 'localhost')}`,
    ),
    ...readMasterKey(read),
    relaySmarthost: readSmarthost(read('RELAY_SMARTHOST')),
    relayAddresses: readAddresses('RELAY_ADDRESSES', read('RELAY_ADDRESSES')),
    dns: readEndpoint('DNS', read('DNS'), 53),
    mxPort: readPort('MX_PORT', read('MX_PORT'), 25),
    mtaStsPort: readPort('MTA_STS_PORT', read('MTA_STS_PORT'), 443),
    metricsToken: read('METRICS_TOKEN') ?? null,
    userQuota: readBytes('USER_QUOTA', read('USER_QUOTA')),
    submissionsPort: readSubmissionsPort(read('SUBMISSIONS_PORT'), tls !== null),
    sendLimit: readSendLimit(read('SEND_LIMIT'), { host, behindProxy, publicUrl }),
    logLevel: readLogLevel(read('LOG_LEVEL')),
  };
}

/** On loopback the name `localhost`, since passkeys refuse an IP address. */
function defaultAddress(host: string, port: number, tls: boolean): string {
  const scheme = tls ? 'https' : 'http';
  if (['127.0.0.1', '::1', 'localhost'].includes(host)) return `${scheme}://localhost:${port}`;
  if (host === '0.0.0.0' || host === '::') return `${scheme}://${hostname()}:${port}`;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function readMasterKey(read: SettingSource): Pick<Settings, 'masterKeyFile' | 'masterKeyCommand'> {
  const masterKeyFile = read('MASTER_KEY_FILE') ?? null;
  const masterKeyCommand = read('MASTER_KEY_COMMAND') ?? null;
  if (masterKeyFile !== null && masterKeyCommand !== null) {
    throw new MailError('usage', 'VALIJA_MASTER_KEY_COMMAND beside VALIJA_MASTER_KEY_FILE', {
      reason: 'setting-beside',
      field: 'VALIJA_MASTER_KEY_COMMAND',
      params: { setting: 'VALIJA_MASTER_KEY_COMMAND', other: 'VALIJA_MASTER_KEY_FILE' },
    });
  }
  return { masterKeyFile, masterKeyCommand };
}

function readTls(read: SettingSource): Settings['tls'] {
  const certFile = read('TLS_CERT');
  const keyFile = read('TLS_KEY');
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined) throw refuseWithout('TLS_KEY', 'TLS_CERT');
  if (keyFile === undefined) throw refuseWithout('TLS_CERT', 'TLS_KEY');
  return { certFile, keyFile };
}

function checkListening(how: { host: string; behindProxy: boolean; tls: boolean }): void {
  if (isLoopbackHost(how.host) || how.tls || how.behindProxy) return;
  throw new MailError('usage', `listening on ${how.host} needs TLS or --behind-proxy`, {
    reason: 'listen-needs-tls',
    params: { host: how.host },
    field: 'host',
  });
}

/** `sqlite` or a URL; MailError `usage`. */
export function readDatabase(text: string): DatabaseSetting {
  if (text === 'sqlite') return { engine: 'sqlite' };
  if (/^(mysql|mariadb):\/\/[^/]+\/\w+$/.test(text)) return { engine: 'mysql', url: text };
  throw refuseSetting('DATABASE', 'sqlite / mysql://user:pass@host/prefix');
}

interface Place {
  host: string;
  behindProxy: boolean;
  publicUrl: string;
}

/** Nobody else can reach it: who registers there is at the machine itself. */
function isOnLoopback({ host, behindProxy, publicUrl }: Place): boolean {
  return isLoopbackHost(host) && !behindProxy && isLoopbackHost(new URL(publicUrl).hostname);
}

function readSenders(text: string | undefined, where: Place): Settings['senders'] {
  if (text === 'claimed' || text === 'verified') return text;
  if (text !== undefined) throw refuseSetting('SENDERS', 'claimed / verified');
  return isOnLoopback(where) ? 'claimed' : 'verified';
}

function readPasswordLeast(text: string | undefined, where: Place): number {
  const least = Number(text ?? (isOnLoopback(where) ? 8 : 15));
  if (!Number.isInteger(least) || least < 8 || least > 64) {
    throw refuseSetting('PASSWORD_LEAST', '8…64');
  }
  return least;
}

function readStatistics(text: string | undefined): Settings['statistics'] {
  if (text !== undefined && text !== 'on' && text !== 'off') throw refuseSetting('STATISTICS', 'on / off');
  return text ?? 'on';
}

function readRegistration(text: string | undefined, where: Place): Settings['registration'] {
  if (text === 'open' || text === 'invite' || text === 'closed') return text;
  if (text !== undefined) throw refuseSetting('REGISTRATION', 'open / invite / closed');
  return isOnLoopback(where) ? 'open' : 'invite';
}

/** What one user may send an hour where others could get at his password. */
const DEFAULT_SEND_LIMIT = 2000;

function readSendLimit(text: string | undefined, where: Place): number | null {
  if (text === undefined || text === '') return isOnLoopback(where) ? null : DEFAULT_SEND_LIMIT;
  if (text === 'none') return null;
  const perHour = /^([1-9]\d{0,8})\/hour$/.exec(text)?.[1];
  if (perHour === undefined) throw refuseSetting('SEND_LIMIT', 'none / 2000/hour');
  return Number(perHour);
}

function readSubmissionsPort(text: string | undefined, tls: boolean): number | null {
  if (text === undefined || text === '') return null;
  if (!tls) throw refuseWithout('SUBMISSIONS_PORT', 'TLS_CERT');
  return readPort('SUBMISSIONS_PORT', text, 465);
}

function readSmarthost(text: string | undefined): Settings['relaySmarthost'] {
  if (text === undefined) return null;
  const expected = 'smtp://host:port';
  const match = /^smtp:\/\/([^/@]+)$/.exec(text);
  if (match === null) throw refuseSetting('RELAY_SMARTHOST', expected);
  return readEndpoint('RELAY_SMARTHOST', match[1], 25, expected);
}

function readLogLevel(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text ?? 'info'));
  if (level === undefined) throw refuseSetting('LOG_LEVEL', LOG_LEVELS.join(' / '));
  return level;
}
