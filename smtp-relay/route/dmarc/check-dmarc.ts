import { SECOND, type Millis } from '../../../common/time.ts';
import type { Resolve } from '../../../server-kit/cached-resolver.ts';
import { toAsciiAddress } from '../../../server-kit/mail-domain.ts';
import type { DkimKey } from '../../dkim/keys.ts';
import { lookUpRecord } from '../../dkim/look-up-record.ts';
import type { SenderAuthorisation } from '../../profile-link.ts';
import { checkSpf, type SpfAnswer } from './check-spf.ts';
import { findPolicy } from './find-policy.ts';
import { judgeHost, type HostAnswer } from './judge-host.ts';
import {
  judgeSender,
  type KeyFacts,
  type PolicyFacts,
  type SenderFinding,
  type WayFacts,
} from './judge-sender.ts';

export interface DmarcOptions {
  /** Keeps answers, and waits for none for long. */
  resolve: Resolve;
  /** The keys that would sign for a From domain. */
  findKeys: (domain: string) => Promise<readonly DkimKey[]>;
  /** Where mail by MX comes from, as others see it; none when nobody knows. */
  findOwnAddresses: () => Promise<readonly string[]>;
  operatorSmarthost: boolean;
  /** What the relay says in EHLO. */
  helo: string;
}

/** Who sends by which way; `mailFrom` is the envelope's sender, the From address itself where it is not given. */
export interface JudgedSender {
  from: string;
  mailFrom?: string;
  sender: Pick<SenderAuthorisation, 'send' | 'email' | 'decidedBy'>;
}

/** What receivers would say of the sender; see `judgeSender`. Never rejects, and answers within 2 s: what is not known then, passes. */
export type CheckDmarc = (who: JudgedSender) => Promise<SenderFinding>;

const PATIENCE: Millis = 1.5 * SECOND;
/** What was gathered for one way serves the mails that follow at once: hundreds may come in a second. */
const FRESH: Millis = 10 * SECOND;
const MOST_GATHERED = 1000;

type Gathered = readonly [PolicyFacts | null, WayFacts];

export function makeDmarcCheck(options: DmarcOptions): CheckDmarc {
  const known = new Map<string, { facts: Promise<Gathered>; until: Millis }>();

  const gather = async (who: Gatherer): Promise<Gathered> => {
    const { sender } = who;
    const host = sender.send?.way === 'smarthost' ? (sender.send.smtp?.host ?? '') : '';
    const key = [who.domain, who.envelope, host, sender.email, sender.decidedBy].join(' ');
    const before = known.get(key);
    if (before !== undefined && before.until > Date.now()) return await before.facts;
    if (known.size >= MOST_GATHERED) known.clear();
    const facts = Promise.all([
      findPolicy(options.resolve, who.domain).catch(() => null),
      gatherWay(options, who),
    ]);
    known.set(key, { facts, until: Date.now() + FRESH });
    return await facts;
  };
  return async ({ from, mailFrom, sender }) => {
    const address = toAsciiAddress(from).toLowerCase();
    const domain = domainOf(address);
    // The null sender is judged by what EHLO says (RFC 7208 2.4).
    const envelope =
      domainOf(toAsciiAddress(mailFrom ?? address).toLowerCase()) || options.helo.toLowerCase();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<SenderFinding>((resolve) => {
      timer = setTimeout(
        () => resolve({ dmarc: { domain, policy: null, aligned: 'unknown' }, problem: null }),
        PATIENCE,
      );
    });
    const judged = gather({ domain, envelope, sender }).then(([facts, way]) =>
      judgeSender(address, facts, way),
    );
    try {
      return await Promise.race([judged, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

interface Gatherer {
  domain: string;
  /** Domain of the envelope's sender. */
  envelope: string;
  sender: JudgedSender['sender'];
}

async function gatherWay(context: DmarcOptions, { domain, envelope, sender }: Gatherer): Promise<WayFacts> {
  const { resolve, helo } = context;
  const smtp = sender.send?.smtp ?? null;
  if (sender.send?.way === 'smarthost' && smtp !== null) {
    const question = { domain, email: sender.email, host: smtp.host, helo };
    const answers = await judgeHost(resolve, question).catch((): HostAnswer => 'unknown');
    return { kind: 'smarthost', host: smtp.host, answers };
  }
  const keys = await Promise.all(
    (await context.findKeys(domain)).map(async (key): Promise<KeyFacts> => ({
      domain: key.domain,
      ...(await lookUpRecord(resolve, key)),
    })),
  );
  const own = sender.decidedBy === 'domain';
  if (context.operatorSmarthost) return { kind: 'operator', keys, own };
  const addresses = await context.findOwnAddresses().catch((): readonly string[] => []);
  const result = await checkSpf(resolve, envelope, { addresses, helo }).catch((): SpfAnswer => 'unknown');
  return { kind: 'mx', keys, own, spf: { domain: envelope, result } };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
