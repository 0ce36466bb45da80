import {
  pop3Settings,
  smtpSettings,
  type Pop3Settings,
  type SmtpSettings,
} from '../../common/shapes/account.ts';
import type { DiscoveredSettings, Discovery } from '../../common/shapes/discovery.ts';
import type { AddressParts } from './address.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { getText } from './https-get.ts';
import { stopWaiting } from './stop-waiting.ts';
import { parseMailConfig, type ConfigServer, type MailConfig } from './parse-config.ts';

/** What a domain publishes for mail programs, as far as it can be used here. */
export interface ConfigFinding {
  provider: NonNullable<Discovery['provider']>;
  found: DiscoveredSettings[];
  /** Its submission servers, in its order. */
  smtp: SmtpSettings[];
  unencrypted: Discovery['unencrypted'];
}

/**
 * The addresses where Mozilla's autoconfig looks at the domain itself. Only https: over http anybody on the way could name a
 * server of his own and get the password. Mozilla's central database is not asked: the provider table has its facts.
 */
export function listConfigAddresses({ email, domain }: AddressParts, port: number): URL[] {
  const own = new URL(`https://autoconfig.${domain}:${port}/mail/config-v1.1.xml`);
  own.searchParams.set('emailaddress', email);
  return [own, new URL(`https://${domain}:${port}/.well-known/autoconfig/mail/config-v1.1.xml`)];
}

/** The first of the domain's autoconfig files that has POP3; null when there is none. */
export async function findConfig(
  address: AddressParts,
  how: { egress: EgressGuard; port: number; signal: AbortSignal },
): Promise<ConfigFinding | null> {
  const asked = listConfigAddresses(address, how.port).map(async (url) => {
    try {
      const config = parseMailConfig(await stopWaiting(getText(url, how.egress, how.signal), how.signal));
      return readConfig(config, address);
    } catch {
      return null;
    }
  });
  for (const finding of asked) {
    const read = await finding;
    if (read !== null) return read;
  }
  return null;
}

/** Null for a file without POP3. */
export function readConfig(config: MailConfig, address: AddressParts): ConfigFinding | null {
  const servers = config.servers.map((server) => fillServer(server, address));
  const pop3 = servers.filter(({ kind }) => kind === 'pop3');
  if (pop3.length === 0) return null;
  const smtp = servers.filter(({ kind }) => kind === 'smtp').flatMap(readSmtp);
  const found = pop3.flatMap(readEncrypted).map((settings): DiscoveredSettings => ({
    source: 'autoconfig',
    pop3: settings,
    smtp: null,
    smtpVerified: false,
    verified: false,
    confirm: false,
  }));
  const [plain] = pop3
    .filter(({ socket }) => socket === 'plain')
    .flatMap((server) => readPop3(server, 'none'));
  return {
    provider: {
      id: address.domain,
      name: config.name?.slice(0, 100) || address.domain,
      needs: config.enable ? ['enable-pop'] : [],
      help: readHelp(config.help),
      oauth: null,
    },
    found,
    smtp,
    unencrypted: found.length > 0 || plain === undefined ? null : { host: plain.host, port: plain.port },
  };
}

function fillServer(server: ConfigServer, { email, local, domain }: AddressParts): ConfigServer {
  const fill = (text: string): string =>
    text
      .replaceAll('%EMAILADDRESS%', () => email)
      .replaceAll('%EMAILLOCALPART%', () => local)
      .replaceAll('%EMAILDOMAIN%', () => domain);
  return { ...server, host: fill(server.host).toLowerCase(), user: fill(server.user) };
}

const TLS = new Map([
  ['SSL', 'implicit'],
  ['STARTTLS', 'starttls'],
] as const);

function readEncrypted(server: ConfigServer): Pop3Settings[] {
  const tls = TLS.get(server.socket as 'SSL');
  return tls === undefined ? [] : readPop3(server, tls);
}

/** None where what stands there can be no settings: whoever wrote the file may have written anything. */
function readPop3({ host, port, user, auths }: ConfigServer, tls: Pop3Settings['tls']): Pop3Settings[] {
  const read = pop3Settings.safeParse({ host, port: Number(port), tls, user, auth: chooseAuth(auths) });
  return read.success ? [read.data] : [];
}

function readSmtp({ host, port, socket, user, auths }: ConfigServer): SmtpSettings[] {
  const tls = TLS.get(socket as 'SSL');
  const open = auths.length > 0 && auths.every((auth) => auth === 'none' || auth === 'client-IP-address');
  const login = open ? { user: null, auth: 'none' } : { user, auth: chooseAuth(auths) };
  const read = smtpSettings.safeParse({ host, port: Number(port), tls, ...login });
  return tls !== undefined && read.success ? [read.data] : [];
}

/** Where a password is taken too, it comes first: signing in at the provider needs a client id of the admin's. */
function chooseAuth(auths: readonly string[]): 'auto' | 'xoauth2' {
  return auths.length > 0 && auths.every((auth) => auth === 'OAuth2') ? 'xoauth2' : 'auto';
}

function readHelp(help: string | null): string | null {
  const url = URL.parse(help ?? '');
  return url?.protocol === 'https:' && url.href.length <= 500 ? url.href : null;
}
