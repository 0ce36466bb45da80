import { MailError } from '../../common/errors.ts';
import type { DomainState, RouteCheck, RouteExplanation, RouteProblem } from '../../common/shapes/route.ts';
import { chooseSigningKeys } from '../dkim/choose-keys.ts';
import { makePublishedCheck } from '../dkim/is-published.ts';
import type { DkimKey } from '../dkim/keys.ts';
import { lookUpRecord } from '../dkim/look-up-record.ts';
import type { ProfileLink, SenderAuthorisation } from '../profile-link.ts';
import type { PolicyFinder } from '../tls-policy/policy-finder.ts';
import { checkRecipients, type RecipientOptions } from './check-recipients.ts';
import { domainOf } from './destination.ts';
import type { CheckDmarc } from './dmarc/check-dmarc.ts';
import { describeDomains } from './dmarc/describe-domains.ts';
import type { SenderFinding } from './dmarc/judge-sender.ts';
import type { RouteFinder } from './find-route.ts';

export interface PreflightOptions extends RecipientOptions {
  profile: Pick<ProfileLink, 'authoriseSender'>;
  routes: Pick<RouteFinder, 'findOwnWay' | 'hasOneOwnHost'>;
  checkDmarc: CheckDmarc;
  findKeys: (domain: string) => Promise<readonly DkimKey[]>;
  policies: Pick<PolicyFinder, 'find'>;
}

/** What can be told of a mail before it is sent. */
export interface Preflight {
  /** What would happen to a mail of `user`, without sending one. */
  explain(user: string, from: string, to: string): Promise<RouteExplanation>;
  /** What is known to be wrong with a mail of `user`: its sender and its recipients. */
  check(user: string, from: string, to: readonly string[]): Promise<RouteCheck>;
  /** What vouches for own domains, for administrators. */
  describeDomains(domains: readonly string[]): Promise<DomainState[]>;
  /** Why a mail of a sender that the profile-server allows must not leave all the same; null: it may. `mailFrom` is the envelope's. */
  checkSender(sender: SenderAuthorisation, from: string, mailFrom: string): Promise<RouteProblem | null>;
}

export function makePreflight(options: PreflightOptions): Preflight {
  const { profile, routes, checkDmarc } = options;

  const judge = async (
    sender: SenderAuthorisation,
    from: string,
    mailFrom: string,
  ): Promise<{ problem: RouteProblem | null; dmarc: SenderFinding['dmarc'] | null }> => {
    const refuse = (reason: string) => ({ problem: refuseSender(reason, from), dmarc: null });
    if (!sender.allowed) return refuse(sender.reason ?? 'not-your-address');
    if (sender.send?.way === 'smarthost' && sender.send.smtp === null) return refuse('smarthost-missing');
    const { dmarc, problem } = await checkDmarc({ from, mailFrom, sender });
    return {
      problem: problem && { ...problem, code: 'route-refused', address: null },
      dmarc,
    };
  };
  return {
    describeDomains: async (domains) =>
      await describeDomains(domains, { resolve: options.resolve, findKeys: options.findKeys }),
    checkSender: async (sender, from, mailFrom) => {
      const { problem } = await judge(sender, from, mailFrom);
      return problem?.severity === 'refuse' ? problem : null;
    },
    check: async (user, from, to) => {
      const sender = await profile.authoriseSender(user, from);
      const byMx = sender.send?.way !== 'smarthost' && !routes.hasOneOwnHost;
      const [{ problem }, recipients] = await Promise.all([
        judge(sender, from, from),
        checkRecipients(options, user, to, byMx),
      ]);
      return { problems: [...(problem === null ? [] : [problem]), ...recipients] };
    },
    explain: async (user, from, to) => {
      const sender = await profile.authoriseSender(user, from);
      const { problem, dmarc } = await judge(sender, from, from);
      const { decidedBy } = sender;
      const base = { from, to, dmarc, decidedBy, remedy: problem?.remedy ?? null, ...NOTHING };
      const about = { ...base, reason: problem?.reason ?? null, params: { from, ...problem?.params } };
      if (sender.send === null || problem?.reason === 'smarthost-missing')
        return { ...about, allowed: false };
      try {
        const way = await describeWay(options, sender.send, { from, to });
        const explained = { ...about, ...way, allowed: problem?.severity !== 'refuse' };
        // His mail is taken, and fails at once for this recipient.
        const fails = explained.allowed && (await options.suppressions.listSuppressed(user, [to])).has(to);
        return fails
          ? { ...explained, reason: 'suppressed', remedy: null, params: { from, address: to } }
          : explained;
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        if (problem?.severity === 'refuse') return { ...about, allowed: false };
        const params = { from, address: to, ...error.params };
        return { ...base, allowed: false, reason: error.reason ?? error.code, remedy: null, params };
      }
    },
  };
}

const NOTHING = { route: null, dkim: null, tlsPolicy: null };

function refuseSender(reason: string, from: string): RouteProblem {
  const about = { code: 'route-refused' as const, severity: 'refuse' as const, address: null, remedy: null };
  return { ...about, reason, params: { from } };
}

type Way = Pick<RouteExplanation, 'route' | 'dkim' | 'tlsPolicy'>;

/** Where the mail would go next. Throws MailError as `findOwnWay` does. */
async function describeWay(
  { routes, findKeys, policies, resolve }: PreflightOptions,
  send: NonNullable<SenderAuthorisation['send']>,
  { from, to }: { from: string; to: string },
): Promise<Way> {
  if (send.way === 'smarthost' && send.smtp !== null) {
    const { host, port, tls, auth } = send.smtp;
    const route = { kind: 'smarthost' as const, host, port, tls, auth };
    return { route, dkim: null, tlsPolicy: tls === 'none' ? 'none' : 'required' };
  }
  const domain = domainOf(to);
  const { hosts, port, tls } = await routes.findOwnWay(domain);
  const keys = await findKeys(domainOf(from));
  const [key] = await chooseSigningKeys(keys, makePublishedCheck(resolve));
  const policy = routes.hasOneOwnHost ? null : await policies.find(domain);
  return {
    route: { kind: 'mx', host: hosts[0] ?? '', port, tls, auth: null },
    dkim: key === undefined ? null : await describeKey(key, resolve),
    tlsPolicy: policy?.mode === 'enforce' ? 'mta-sts' : tls,
  };
}

async function describeKey(
  key: DkimKey,
  resolve: PreflightOptions['resolve'],
): Promise<NonNullable<RouteExplanation['dkim']>> {
  const { state } = await lookUpRecord(resolve, key);
  return { domain: key.domain, selector: key.selector, state };
}
