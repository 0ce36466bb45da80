import type { ReportAction, ReportedRecipient } from './report.ts';
import { ADDRESS, listAddresses } from './report-address.ts';
import { readReplyText } from './reply-text.ts';

/** Words of notices that only tell of a delay; they are asked first, since such notices say what failed so far, too. */
const DELAYED =
  /still being retried|warning (?:message )?only|temporary problem delivering|transient non-fatal|not (?:yet )?been delivered|delivery attempts will continue|will (?:be retried|continue (?:to try|trying)|keep trying|retry)|\(delay\)|(?:mail|message|delivery)[ :]+(?:is |was |has been )?(?:delayed|delivery delayed)|delayed mail|could not be delivered for the last|no need to (?:resend|send again)|not need to resend/i;
/** Words of those that give up. */
const FAILED =
  /fail(?:ed|ure)|undeliver|not (?:be )?(?:deliver|reach)|(?:un|wasn't |not )able to (?:be )?deliver|couldn'?t be delivered|permanent|fatal|giv(?:en|ing) up|rejected|bounced|return(?:ed|ing) (?:mail|to sender|message)|could not (?:be )?(?:deliver|send|reach|find)|did not reach|unknown (?:user|address|recipient)|no such user|mailbox (?:is )?full|non (?:remis|distribu)|no se (?:pudo|ha podido) entregar|zustell|unzustellbar|error has occurred while attempting to deliver|invalid (?:final )?delivery|не может быть (?:доставлен|отправлен)|not going to try again/i;
/** Lines about somebody else than the recipient. */
const ASIDE =
  /^\s*(?:to|cc|from|subject|sent|date|reply-to|x-[\w-]+|sender(?: address)?)\s*:|postmaster|mailer-daemon|contact|further (?:assistance|information)|support|expanded from|mailto:/i;

/** What is looked at of a notice: somebody may make it as long as he likes. */
const MOST_LINES = 1000;
const LONGEST_LINE = 1000;
const MOST_NAMED = 500;

/** Reads a notice for people: nothing in it is marked up, so that every address it names may be a recipient that failed. */
export function parseNotice(subject: string, notice: string, failed: readonly string[]): ReportedRecipient[] {
  const action = readAction(`${subject}\n${notice}`);
  if (action === null) return [];
  const lines = notice.split('\n', MOST_LINES).map(readLine);
  const named = new Map<string, string>();
  for (const [index, { text, addresses }] of lines.entries()) {
    if (ASIDE.test(text)) continue;
    for (const address of addresses) {
      const known = named.get(address);
      if (known === undefined ? named.size < MOST_NAMED : !hasReply(known))
        named.set(address, readWords(lines, index, address));
    }
  }
  for (const address of failed) if (!named.has(address)) named.set(address, '');
  const common = lines.find(({ text }) => readReplyText(text).code !== null)?.text.trim() ?? '';
  return [...named].map(([address, words]) =>
    describe(address, action, hasReply(words) ? words : common || words),
  );
}

interface Line {
  text: string;
  addresses: string[];
}

function readLine(line: string): Line {
  const text = line.slice(0, LONGEST_LINE);
  return { text, addresses: listAddresses(text) };
}

function hasReply(words: string): boolean {
  const { code, enhanced } = readReplyText(words);
  return code !== null || enhanced !== null;
}

function readAction(text: string): ReportAction | null {
  if (DELAYED.test(text)) return 'delayed';
  return FAILED.test(text) ? 'failed' : null;
}

/** What stands with an address: its line and what follows, up to an empty line, or to a line about somebody else. */
function readWords(lines: readonly Line[], index: number, address: string): string {
  const same = (one: string): boolean => one.toLowerCase() === address.toLowerCase();
  const own: string[] = [];
  for (const { text, addresses } of lines.slice(index, index + 12)) {
    if (own.length > 0 && !/^\s/.test(text) && addresses.some((one) => !same(one))) break;
    if (text.trim() === '' && own.length > 1) break;
    own.push(text.trim());
  }
  const words = own.join(' ').replace(/\s+/g, ' ').trim().slice(0, 500);
  const rest = words.replace(ADDRESS, (one) => (same(one) ? '' : one));
  return /\w{3}/.test(rest) ? words : '';
}

function describe(address: string, action: ReportAction, line: string): ReportedRecipient {
  const { code, enhanced } = readReplyText(line);
  return {
    addresses: [address],
    action,
    enhanced,
    code,
    host: null,
    line: line === '' ? null : line,
    lastAttempt: null,
    until: null,
  };
}
