import type { SmtpSettings, TlsMode } from '../../common/shapes/account.ts';

/** Where a mail goes next, and how: one host, or several to be tried in order. */
export interface NextHop {
  kind: 'mx' | 'smarthost';
  hosts: string[];
  port: number;
  tls: TlsMode | 'opportunistic';
  login: { user: string; secret: string | null; auth: SmtpSettings['auth'] } | null;
  /** False only for the operator's own smarthost, which no user and no message can choose. */
  guarded: boolean;
}

/** An account's smarthost as a next hop. */
export function hopOfSmarthost(smtp: SmtpSettings, secret: string | null): NextHop {
  const { host, port, tls, user, auth } = smtp;
  const login = user === null || auth === 'none' ? null : { user, secret, auth };
  return { kind: 'smarthost', hosts: [host], port, tls, login, guarded: true };
}

/** VALIJA_RELAY_SMARTHOST: all mail that would go by MX. */
export function hopOfOperator(smarthost: { host: string; port: number }): NextHop {
  return {
    kind: 'mx',
    hosts: [smarthost.host],
    port: smarthost.port,
    tls: 'opportunistic',
    login: null,
    guarded: false,
  };
}

export function hopOfMx(hosts: string[], port: number): NextHop {
  return { kind: 'mx', hosts, port, tls: 'opportunistic', login: null, guarded: true };
}
