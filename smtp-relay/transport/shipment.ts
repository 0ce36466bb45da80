import { parseReply } from '../../common/enhanced-status.ts';
import { cutLine, type Refusal } from '../reply/classify.ts';
import type { Reason } from '../../common/reply/reply-class.ts';
import type { EnvelopeDsn } from './mail-commands.ts';
import type { BodySource } from './transact.ts';

/** A mail for one next hop. */
export interface Shipment {
  from: string;
  to: string[];
  size: number;
  eightBit: boolean;
  /** Its header holds UTF-8, or whoever submitted it said that it may (RFC 6531). */
  utf8: boolean;
  /** The body anew for each host that is tried: its bytes, or a stream of them. */
  openBody: () => BodySource;
  /** Whose smarthost it is; null for our own way. */
  owner: { user: string; account: string } | null;
  /** By recipient, as in `to`. */
  dsn?: EnvelopeDsn;
  /** REQUIRETLS and `TLS-Required: No` of RFC 8689. */
  requireTls: boolean;
  tlsOptional: boolean;
}

/** What became of one recipient; `accepted` is the next host's 250. */
export interface ShipmentResult {
  state: 'accepted' | 'temporary' | 'permanent';
  host: string | null;
  tls: string | null;
  code: number | null;
  enhanced: string | null;
  reason: Reason | null;
  serverLine: string | null;
  /** The host announces DSN, so what NOTIFY asks is its business now (RFC 3461 5.2). */
  passesDsnOn?: boolean;
}

/** What became of the recipients at one host. */
export interface Sent {
  results: Map<string, ShipmentResult>;
  /** Those of them that another host of their domain may take now: this one has not got the mail. */
  elsewhere: string[];
}

export function toAccepted(line: string, host: string, tls: string | null): ShipmentResult {
  const reply = parseReply(line);
  return {
    state: 'accepted',
    host,
    tls,
    code: reply?.code ?? 250,
    enhanced: reply?.enhanced ?? null,
    reason: null,
    serverLine: cutLine(line),
  };
}

export function toResult(refusal: Refusal, host: string | null, tls: string | null): ShipmentResult {
  const { outcome, code, enhanced, reason, serverLine } = refusal;
  return { state: outcome, host, tls, code, enhanced, reason, serverLine };
}
