import type { ErrorCode, ErrorParams } from '../errors.ts';
import type { TlsMode } from './account.ts';

/** What a domain's DMARC policy (RFC 7489) says of a way, as far as DNS answered. */
export interface DmarcFinding {
  /** Where the policy that counts stands: the From domain, or its organisational domain. */
  domain: string;
  /** Null: the domain publishes none, or DNS did not say. */
  policy: 'none' | 'quarantine' | 'reject' | null;
  /** What would pass and align by this way; null: nothing would; `unknown`: nobody can tell from here. */
  aligned: 'dkim' | 'spf' | 'unknown' | null;
}

/** What of a key's record is in DNS: `other` is not ours, `unknown`: DNS did not answer. */
export type DkimRecordState = 'published' | 'missing' | 'other' | 'unknown';

/** `route explain` of the contract. */
export interface RouteExplanation {
  from: string;
  to: string;
  allowed: boolean;
  reason: string | null;
  /** What would help: `route-refused/REMEDY` of common/error-texts says what is wrong and what to do, filled by `params`. */
  remedy: string | null;
  /** Fill the sentences of `reason` and `remedy`, such as `host`, `domain`, `name` and `value` of a record. */
  params: ErrorParams;
  route: null | {
    kind: 'mx' | 'smarthost';
    host: string;
    port: number;
    tls: TlsMode | 'opportunistic';
    auth: string | null;
  };
  /** The key that would sign, and whether receivers find its record. */
  dkim: null | { domain: string; selector: string; state: DkimRecordState };
  dmarc: null | DmarcFinding;
  /** What TLS the next hop needs, such as `mta-sts` or `opportunistic`; null when no way was found. */
  tlsPolicy: string | null;
  /** By which rule the way was chosen: the exact identity, the account's own address, or an own domain of the admin's list. */
  decidedBy: 'identity' | 'account' | 'domain' | null;
}

/** Something about a mail that is being written: who sends it and to whom, before it leaves. */
export interface RouteProblem {
  /** `route-refused` is about the sender, `recipient-refused` about `address`; with `remedy ?? reason` it chooses the sentence. */
  code: Extract<ErrorCode, 'route-refused' | 'recipient-refused'>;
  reason: string;
  /** Another key of the same code whose action says exactly what to do; null: that of `reason` does. */
  remedy: string | null;
  /** `refuse`: sending as this sender is refused, or this recipient will fail for good; `warn`: it may go wrong. */
  severity: 'refuse' | 'warn';
  /** The recipient it is about; null: the sender. */
  address: string | null;
  params: ErrorParams;
}

/** Answer of `route.check`; empty when nothing is known to be wrong. */
export interface RouteCheck {
  problems: RouteProblem[];
}

/** What vouches for the mail of an own domain, as the relay sees it. */
export interface DomainState {
  domain: string;
  /** The keys that sign for it: the record that has to stand in DNS, and whether it does. */
  dkim: {
    selector: string;
    name: string;
    value: string;
    state: DkimRecordState;
  }[];
  /** Of DMARC; null: none is published, or DNS did not answer. */
  policy: DmarcFinding['policy'];
}
