import type { Resolver } from 'node:dns/promises';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { makeDnsResolver } from '../../server-kit/dns-resolver.ts';
import { readLiteral } from '../../server-kit/mail-domain.ts';
import { chooseMx, type MxRecord } from './choose-mx.ts';

/** Hosts that take mail for a domain, best first. */
export type ResolveMx = (domain: string) => Promise<string[]>;

export interface MxOptions {
  /** VALIJA_DNS; null asks the servers of the system. */
  dns: { host: string; port: number } | null;
  /** Names of this relay, for loops. */
  ownNames: ReadonlySet<string>;
  random: () => number;
}

/**
 * MX lookup on node's resolver. MailError `recipient-refused` with a 5.x status when the domain can
 * never take mail (no such domain, null MX, loop), `dns` (temporary) when the resolver cannot tell.
 */
export function makeMxResolver(options: MxOptions): ResolveMx {
  const resolver = makeDnsResolver(options.dns, 5 * SECOND);
  return async (domain) => {
    const literal = readLiteral(domain);
    if (literal !== null) return [literal];
    const choice = chooseMx(domain, await askMx(resolver, domain), options);
    if (choice.kind === 'null-mx') throw refuse(domain, 'null-mx', '5.1.10', `${domain} takes no mail`);
    if (choice.kind === 'loop') {
      throw refuse(domain, 'mail-loop', '5.4.6', `mail for ${domain} would come back to this relay`);
    }
    return choice.hosts;
  };
}

async function askMx(resolver: Resolver, domain: string): Promise<MxRecord[]> {
  try {
    return await resolver.resolveMx(domain);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENODATA') return [];
    if (code === 'ENOTFOUND') throw refuse(domain, 'no-such-domain', '5.1.2', `${domain} does not exist`);
    throw new MailError('dns', `MX of ${domain} could not be resolved`, {
      reason: 'no-answer',
      params: { host: domain },
      cause: error,
    });
  }
}

function refuse(domain: string, reason: string, status: string, message: string): MailError {
  return new MailError('recipient-refused', message, { reason, status, params: { host: domain } });
}
