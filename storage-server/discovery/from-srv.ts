import type { ProviderServer } from '../../common/providers/provider.ts';
import { isHostName } from './address.ts';
import type { Dns, SrvRecord } from './dns.ts';

/** Servers that the domain names in DNS (RFC 6186, RFC 8314), best first. */
export interface SrvServers {
  pop3: ProviderServer[];
  smtp: ProviderServer[];
  /** The domain says that it has no POP3. */
  noPop3: boolean;
}

export async function findSrvServers(dns: Dns, domain: string, random: () => number): Promise<SrvServers> {
  const [pop3s, pop3, submissions, submission] = await Promise.all(
    ['_pop3s', '_pop3', '_submissions', '_submission'].map(
      async (service) => await dns.findSrv(`${service}._tcp.${domain}`),
    ),
  );
  return readSrvServers({ pop3s, pop3, submissions, submission }, random);
}

type Answers = Record<'pop3s' | 'pop3' | 'submissions' | 'submission', SrvRecord[] | undefined>;

/** TLS from the first byte before STARTTLS; a target of `.` is no server. */
export function readSrvServers(answers: Answers, random: () => number): SrvServers {
  const read = (records: SrvRecord[] | undefined, tls: ProviderServer['tls']): ProviderServer[] =>
    orderSrv(records ?? [], random)
      .filter(({ name, port }) => isHostName(name) && port > 0)
      .map(({ name, port }) => ({ host: name, port, tls }));
  const pop3 = [...read(answers.pop3s, 'implicit'), ...read(answers.pop3, 'starttls')];
  const smtp = [...read(answers.submissions, 'implicit'), ...read(answers.submission, 'starttls')];
  const said = [...(answers.pop3s ?? []), ...(answers.pop3 ?? [])];
  return { pop3, smtp, noPop3: said.length > 0 && said.every(({ name }) => name === '') };
}

/** The order of RFC 2782: by priority, within one drawn by weight. */
export function orderSrv(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const ordered: SrvRecord[] = [];
  const left = records.toSorted((a, b) => a.priority - b.priority || a.weight - b.weight);
  while (left.length > 0) {
    const same = left.filter(({ priority }) => priority === left[0]?.priority);
    const total = same.reduce((sum, { weight }) => sum + weight, 0);
    let drawn = Math.floor(random() * (total + 1));
    const chosen = same.find(({ weight }) => (drawn -= weight) <= 0) ?? same[0]!;
    ordered.push(chosen);
    left.splice(left.indexOf(chosen), 1);
  }
  return ordered;
}
