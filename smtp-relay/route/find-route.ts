import { MailError } from '../../common/errors.ts';
import type { RouteCheck, RouteExplanation } from '../../common/shapes/route.ts';
import type { ProfileLink } from '../profile-link.ts';
import { domainOf } from './destination.ts';
import { hopOfMx, hopOfOperator, hopOfSmarthost, type NextHop } from './next-hop.ts';
import type { ResolveMx } from './resolve-mx.ts';

export interface RouteOptions {
  profile: Pick<ProfileLink, 'authoriseSender' | 'fetchCredential' | 'reportRefused'>;
  resolveMx: ResolveMx;
  operatorSmarthost: { host: string; port: number } | null;
  mxPort: number;
  /** The key that would sign for a domain, if there is one. */
  findDkimKey: (domain: string) => Promise<{ domain: string; selector: string } | null>;
}

export interface RouteFinder {
  /** True when one host takes all that goes our own way, whatever its domain. */
  readonly hasOneOwnHost: boolean;
  /** The account's smarthost with its secret, asked for now. */
  findSmarthost(mail: { id: string; user: string; account: string }): Promise<NextHop>;
  /** That smarthost refused the token; the next one will be a new one. */
  reportRefused(mail: { id: string; user: string; account: string }): Promise<void>;
  /** Our own way for a domain: the operator's smarthost, else MX. Throws MailError as ResolveMx does. */
  findOwnWay(domain: string): Promise<NextHop>;
  /** What would happen to a mail of `user`, without sending one. */
  explain(user: string, from: string, to: string): Promise<RouteExplanation>;
  /** What is known to be wrong with a mail of `user` before it is sent. */
  check(user: string, from: string, to: readonly string[]): Promise<RouteCheck>;
}

export function makeRouteFinder(options: RouteOptions): RouteFinder {
  const { profile, operatorSmarthost, resolveMx, mxPort } = options;

  const findOwnWay = async (domain: string): Promise<NextHop> => {
    if (operatorSmarthost !== null) return hopOfOperator(operatorSmarthost);
    if (domain === '')
      throw new MailError('recipient-refused', 'address without a domain', { status: '5.1.2' });
    return hopOfMx(await resolveMx(domain), mxPort);
  };
  return {
    hasOneOwnHost: operatorSmarthost !== null,
    findOwnWay,
    findSmarthost: async (mail) => {
      try {
        const { smtp, secret } = await profile.fetchCredential(mail.id, mail.user, mail.account);
        return hopOfSmarthost(smtp, secret);
      } catch (error) {
        throw explainMissing(error);
      }
    },
    reportRefused: async (mail) => await profile.reportRefused(mail.id, mail.user, mail.account),
    explain: async (user, from, to) => {
      const sender = await profile.authoriseSender(user, from);
      const base = {
        from,
        to,
        route: null,
        dkim: null,
        remedy: null,
        params: { from },
        dmarc: null,
        tlsPolicy: null,
        decidedBy: null,
      };
      if (!sender.allowed) return { ...base, allowed: false, reason: sender.reason };
      if (sender.send?.way === 'smarthost') {
        const { smtp } = sender.send;
        if (smtp === null) return { ...base, allowed: false, reason: 'smarthost-missing' };
        const { host, port, tls, auth } = smtp;
        return { ...base, allowed: true, reason: null, route: { kind: 'smarthost', host, port, tls, auth } };
      }
      try {
        const { hosts, port, tls } = await findOwnWay(domainOf(to));
        const route = { kind: 'mx' as const, host: hosts[0] ?? '', port, tls, auth: null };
        return {
          ...base,
          allowed: true,
          reason: null,
          route,
          dkim: await options.findDkimKey(domainOf(from)),
        };
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        return { ...base, allowed: false, reason: error.reason ?? error.code };
      }
    },
    check: async (user, from) => {
      const { allowed, reason } = await profile.authoriseSender(user, from);
      if (allowed) return { problems: [] };
      const about = {
        code: 'route-refused' as const,
        severity: 'refuse' as const,
        address: null,
        remedy: null,
      };
      return { problems: [{ ...about, reason: reason ?? 'not-your-address', params: { from } }] };
    },
  };
}

/** The account is gone or goes another way now: this mail will never leave by it, and by another way it must not. */
function explainMissing(error: unknown): unknown {
  if (!(error instanceof MailError) || !['not-found', 'route-refused'].includes(error.code)) return error;
  return new MailError('route-refused', 'the account has no smarthost any more', {
    reason: 'no-smarthost',
    status: '5.4.4',
    cause: error,
  });
}
