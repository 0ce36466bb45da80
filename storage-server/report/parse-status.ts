import { type Millis, SECOND } from '../../common/time.ts';
import { REPORT_ACTIONS, type ReportAction, type ReportedRecipient } from './report.ts';
import { readRecipientField } from './report-address.ts';
import { readReplyText } from './reply-text.ts';

export interface ParsedStatus {
  envelopeId: string | null;
  messageIds: string[];
  recipients: ReportedRecipient[];
}

type Fields = ReadonlyMap<string, string>;

/** Of a field so much is read: anybody can send a report, and what looks into it may take the square of its length. */
const LONGEST_FIELD = 2000;

/** Reads the body of message/delivery-status (RFC 3464 2), forgiving: what makes no sense is left out. */
export function parseStatus(text: string): ParsedStatus {
  const groups = splitGroups(text);
  const first: Fields = groups[0] ?? new Map();
  const original = first.get('x-original-message-id') ?? first.get('original-message-id') ?? '';
  return {
    envelopeId: first.get('original-envelope-id')?.trim().slice(0, 200) ?? null,
    messageIds: original.match(/<[^<>\s]{1,990}>/g) ?? [],
    recipients: groups.map(readRecipient).filter((one) => one !== null),
  };
}

/** Groups of fields (unfolded, lower-case names); a group ends at an empty line, and where a recipient begins anew. */
function splitGroups(text: string): Fields[] {
  const groups: Map<string, string>[] = [];
  let group = new Map<string, string>();
  const finish = (): void => {
    if (group.size > 0) groups.push(group);
    group = new Map();
  };
  for (const line of text.replace(/\n[ \t]+(?=\S)/g, ' ').split('\n')) {
    if (line.trim() === '') {
      finish();
      continue;
    }
    const match = /^([\w-]{1,60})\s*:\s*(.*)$/.exec(line);
    if (match === null) continue;
    const name = match[1]!.toLowerCase();
    if (name === 'final-recipient' && group.has(name)) finish();
    if (!group.has(name)) group.set(name, match[2]!.slice(0, LONGEST_FIELD));
  }
  finish();
  return groups.slice(0, 600);
}

const RECIPIENT_FIELDS = ['original-recipient', 'final-recipient', 'x-actual-recipient'];

function readRecipient(fields: Fields): ReportedRecipient | null {
  const addresses = RECIPIENT_FIELDS.flatMap((name) => readRecipientField(fields.get(name) ?? ''));
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null;
  const action = readAction(fields.get('action') ?? '', status);
  if (action === null || !RECIPIENT_FIELDS.some((name) => fields.has(name))) return null;
  const diagnostic = /^\s*(?:([\w-]+)\s*;)?\s*(.*)$/.exec(fields.get('diagnostic-code') ?? '');
  const line = diagnostic?.[2]?.trim() ?? '';
  // Some write the reply where the status belongs.
  const said = readReplyText(line === '' ? (fields.get('status') ?? '') : line);
  const vague = status === null || /^\d\.0\.0$/.test(status);
  return {
    addresses: [...new Set(addresses)],
    action,
    enhanced: vague ? (said.enhanced ?? status) : status,
    code: said.code,
    host: readHost(fields.get('remote-mta')),
    line: line === '' ? null : line.slice(0, 500),
    lastAttempt: readTime(fields.get('last-attempt-date')),
    until: readTime(fields.get('will-retry-until')),
  };
}

/** Without an action the class of the status tells (RFC 3463 2). */
function readAction(value: string, status: string | null): ReportAction | null {
  const word = /^\s*([a-z]+)/i.exec(value)?.[1]?.toLowerCase() ?? '';
  const known = REPORT_ACTIONS.find((one) => one === word);
  if (known !== undefined) return known;
  if (word.startsWith('fail')) return 'failed';
  return (
    ({ '2': 'delivered', '4': 'delayed', '5': 'failed' }[status?.[0] ?? ''] as ReportAction | undefined) ??
    null
  );
}

function readHost(value: string | undefined): string | null {
  const host =
    value
      ?.replace(/^[\w-]+\s*;\s*/, '')
      .trim()
      .split(/\s/)[0]
      ?.slice(0, 255) ?? '';
  return host === '' ? null : host;
}

function readTime(value: string | undefined): Millis | null {
  const time = value === undefined ? Number.NaN : Date.parse(value.replace(/\([^)]*\)/g, ''));
  return Number.isNaN(time) || time < SECOND ? null : time;
}
