import type { ErrorParams } from '../../../common/errors.ts';
import type { DmarcFinding } from '../../../common/shapes/route.ts';
import type { DkimRecord } from '../../../server-kit/dkim-record.ts';
import { isAligned } from './organisation.ts';

/** What DNS says of the From domain. */
export interface PolicyFacts {
  /** Where the policy stands. */
  domain: string;
  policy: DmarcFinding['policy'];
  adkim: 'r' | 's';
  aspf: 'r' | 's';
}

/** Our key for the From domain and what of it is in DNS. */
export interface KeyFacts {
  domain: string;
  state: 'published' | 'missing' | 'other' | 'unknown';
  record: DkimRecord;
}

/** How the mail would leave and what vouches for it there; `own`: the domain stands in the admin's list. */
export type WayFacts =
  /** From our own addresses by MX; `spf` is that of the envelope sender's domain for all of them. */
  | {
      kind: 'mx';
      keys: readonly KeyFacts[];
      own: boolean;
      spf: { domain: string; result: 'pass' | 'fail' | 'unknown' };
    }
  /** The operator's smarthost: its addresses are not known here. */
  | { kind: 'operator'; keys: readonly KeyFacts[]; own: boolean }
  /** The account's own server; `answers`: as whom that server may speak, by what is known of it. */
  | { kind: 'smarthost'; host: string; answers: 'own' | 'customer' | 'spf' | 'unknown' | 'other' };

export interface SenderFinding {
  dmarc: DmarcFinding;
  problem: null | {
    reason: string;
    remedy: string | null;
    severity: 'refuse' | 'warn';
    params: ErrorParams;
  };
}

/**
 * Whether receivers that follow RFC 7489 would take a mail from this address by this way. Refused is only what is known
 * to fail under `quarantine` or `reject`; whatever DNS did not answer passes. `facts` null: DNS did not say.
 */
export function judgeSender(from: string, facts: PolicyFacts | null, way: WayFacts): SenderFinding {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const aligned = findAligned(domain, facts, way);
  const dmarc = { domain: facts?.domain ?? domain, policy: facts?.policy ?? null, aligned };
  const params: ErrorParams = { from, domain };
  if (way.kind === 'smarthost' && way.answers === 'other') {
    const { host } = way;
    // Without a policy nobody refuses it for DMARC, but such servers often do so themselves.
    if (dmarc.policy === null || dmarc.policy === 'none') {
      const warn = { remedy: null, severity: 'warn' as const, params: { ...params, host } };
      return { dmarc, problem: { reason: 'smarthost-other-domain', ...warn } };
    }
    const refuse = {
      remedy: 'dmarc-other-account',
      severity: 'refuse' as const,
      params: { ...params, host },
    };
    return { dmarc, problem: { reason: 'dmarc-would-fail', ...refuse } };
  }
  if (aligned !== null || dmarc.policy === null) return { dmarc, problem: null };
  const help = findRemedy(domain, facts, way);
  if (dmarc.policy === 'none') {
    const warn = { remedy: null, severity: 'warn' as const, params: { ...params, ...help.params } };
    return { dmarc, problem: { reason: 'dmarc-unaligned', ...warn } };
  }
  const refuse = { remedy: help.remedy, severity: 'refuse' as const, params: { ...params, ...help.params } };
  return { dmarc, problem: { reason: 'dmarc-would-fail', ...refuse } };
}

function findAligned(domain: string, facts: PolicyFacts | null, way: WayFacts): DmarcFinding['aligned'] {
  if (way.kind === 'smarthost') {
    // A provider signs for its own domains, and so does the server that its owner entered for his own address.
    if (way.answers === 'own') return 'dkim';
    if (way.answers === 'spf') return 'spf';
    return way.answers === 'other' ? null : 'unknown';
  }
  const keys = way.keys.filter((key) => isAligned(key.domain, domain, facts?.adkim ?? 'r'));
  if (keys.some(({ state }) => state === 'published')) return 'dkim';
  const { spf } = way.kind === 'mx' ? way : { spf: null };
  const spfAligned = spf !== null && isAligned(spf.domain, domain, facts?.aspf ?? 'r');
  if (spfAligned && spf.result === 'pass') return 'spf';
  if (facts === null || way.kind === 'operator' || keys.some(({ state }) => state === 'unknown')) {
    return 'unknown';
  }
  return spfAligned && spf.result === 'unknown' ? 'unknown' : null;
}

/** A key that only has to be published is the nearest; a provider's domain can publish none of ours. */
function findRemedy(
  domain: string,
  facts: PolicyFacts | null,
  way: WayFacts,
): { remedy: string; params: ErrorParams } {
  const keys = way.kind === 'smarthost' ? [] : way.keys;
  const aligned = keys.filter((key) => isAligned(key.domain, domain, facts?.adkim ?? 'r'));
  // Every receiver knows RSA, few know Ed25519.
  const own = aligned.find(({ record }) => record.value.includes('k=rsa')) ?? aligned[0];
  if (own === undefined) {
    const isOwn = way.kind !== 'smarthost' && way.own;
    return { remedy: isOwn ? 'dmarc-make-key' : 'dmarc-own-smarthost', params: {} };
  }
  const { name, value } = own.record;
  return { remedy: 'dmarc-publish-dkim', params: { domain: own.domain, name, value } };
}
