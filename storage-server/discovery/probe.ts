import type { MailError } from '../../common/errors.ts';
import type { ProviderServer } from '../../common/providers/provider.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';

/** Tries one server: null when it speaks POP3 under TLS. */
export type Greet = (server: ProviderServer, signal: AbortSignal) => Promise<MailError | null>;

export interface Probed {
  server: ProviderServer | null;
  unencrypted: Discovery['unencrypted'];
}

export interface ProbePorts {
  implicit: number;
  starttls: number;
}

const AT_ONCE = 3;

/** The names that nearly every server has, best first; at most one MX host. */
export function listProbeHosts(domain: string, mxHosts: readonly string[]): string[] {
  const hosts = [`pop.${domain}`, `pop3.${domain}`, `mail.${domain}`, domain, ...mxHosts.slice(0, 1)];
  return [...new Set(hosts)];
}

/** The best of the hosts that takes POP3 under TLS; those after it are left alone as soon as it is known. */
export async function probeHosts(
  hosts: readonly string[],
  ports: ProbePorts,
  greet: Greet,
  signal: AbortSignal,
): Promise<Probed> {
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const results: (Probed | undefined)[] = hosts.map(() => undefined);
  const findBest = (): number => results.findIndex((result) => result?.server);
  let next = 0;
  const work = async (): Promise<void> => {
    // Behind one that works nobody is asked any more; those before it still may be better.
    while (next < hosts.length && findBest() === -1 && !until.aborted) {
      const index = next++;
      results[index] = await probeHost(hosts[index]!, ports, greet, until);
      const best = findBest();
      if (best !== -1 && results.slice(0, best).every((result) => result !== undefined)) enough.abort();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const server = results.find((result) => result?.server)?.server ?? null;
  const unencrypted = results.find((result) => result?.unencrypted)?.unencrypted ?? null;
  return { server, unencrypted: server === null ? unencrypted : null };
}

async function probeHost(
  host: string,
  ports: ProbePorts,
  greet: Greet,
  signal: AbortSignal,
): Promise<Probed> {
  const implicit = { host, port: ports.implicit, tls: 'implicit' } as const;
  const first = await greet(implicit, signal);
  if (first === null) return { server: implicit, unencrypted: null };
  if (signal.aborted || isHopeless(first)) return { server: null, unencrypted: null };
  const starttls = { host, port: ports.starttls, tls: 'starttls' } as const;
  const second = await greet(starttls, signal);
  if (second === null) return { server: starttls, unencrypted: null };
  const isClear = second.code === 'tls' && second.reason === 'starttls-not-offered';
  return { server: null, unencrypted: isClear ? { host, port: ports.starttls } : null };
}

/** The other port of the host would answer no better. */
function isHopeless({ code }: MailError): boolean {
  return code === 'dns' || code === 'host-not-allowed';
}
