import type { DmarcFinding } from '../../../common/shapes/route.ts';

type Policy = NonNullable<DmarcFinding['policy']>;

/** What of a DMARC record (RFC 7489 6.3) matters to who sends. */
export interface DmarcRecord {
  p: Policy;
  /** For subdomains that have no record of their own. */
  sp: Policy | null;
  /** How strictly the signing domain (`adkim`) and the envelope sender's (`aspf`) are compared. */
  adkim: 'r' | 's';
  aspf: 'r' | 's';
  /** Per cent of the mails that the policy is meant for. */
  pct: number;
}

const POLICIES: ReadonlySet<string> = new Set<Policy>(['none', 'quarantine', 'reject']);
/** What applies to mails that `pct` leaves out (RFC 7489 6.6.4). */
const SOFTER: Record<Policy, Policy> = { reject: 'quarantine', quarantine: 'none', none: 'none' };

/** The one record among the TXT strings of `_dmarc.DOMAIN`; null when there is none, several, or it has no policy (6.6.3). */
export function readDmarcRecord(texts: readonly string[]): DmarcRecord | null {
  const records = texts.map(readTags).filter((tags) => tags?.v === 'DMARC1');
  const [tags] = records;
  if (records.length !== 1 || tags === undefined || tags === null) return null;
  const p = readPolicy(tags.p) ?? (tags.rua === undefined ? null : 'none');
  if (p === null) return null;
  const pct = /^\d{1,3}$/.test(tags.pct ?? '') ? Math.min(100, Number(tags.pct)) : 100;
  return { p, sp: readPolicy(tags.sp), adkim: readMode(tags.adkim), aspf: readMode(tags.aspf), pct };
}

/** What receivers are asked to do with a mail that fails; `inherited`: the record is the organisational domain's. */
export function choosePolicy(record: DmarcRecord, inherited: boolean): Policy {
  const policy = inherited ? (record.sp ?? record.p) : record.p;
  return record.pct === 0 ? SOFTER[policy] : policy;
}

type Tag = 'v' | 'p' | 'sp' | 'adkim' | 'aspf' | 'pct' | 'rua';

/** Null unless the version stands first, as it has to. */
function readTags(text: string): Partial<Record<Tag, string>> | null {
  if (!/^v\s*=\s*DMARC1\s*(?:;|$)/.test(text)) return null;
  const tags: Record<string, string> = {};
  for (const part of text.split(';')) {
    const match = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(part);
    const name = match?.[1]?.toLowerCase();
    if (name !== undefined && !Object.hasOwn(tags, name)) tags[name] = match?.[2] ?? '';
  }
  return tags;
}

function readPolicy(text: string | undefined): Policy | null {
  const policy = text?.toLowerCase() ?? '';
  return POLICIES.has(policy) ? (policy as Policy) : null;
}

function readMode(text: string | undefined): 'r' | 's' {
  return text?.toLowerCase() === 's' ? 's' : 'r';
}
