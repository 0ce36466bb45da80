import { MailError } from '../../common/errors.ts';
import type { ProfileLink } from '../profile-link.ts';
import { hopOfMx, hopOfOperator, hopOfSmarthost, type NextHop } from './next-hop.ts';
import type { ResolveMx } from './resolve-mx.ts';

export interface RouteOptions {
  profile: Pick<ProfileLink, 'fetchCredential' | 'reportRefused'>;
  resolveMx: ResolveMx;
  operatorSmarthost: { host: string; port: number } | null;
  mxPort: number;
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
