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

/** Reads a notice for people: nothing in it is marked up, so that every address it names may be a recipient that failed. */
export function parseNotice(subject: string, notice: string, failed: readonly string[]): ReportedRecipient[] {
  const action = readAction(`${subject}\n${notice}`);
  if (action === null) return [];
  const lines = notice.split('\n').slice(0, 2000);
  const named = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (ASIDE.test(line)) continue;
    for (const address of listAddresses(line)) {
      const words = readWords(lines, index, address);
      if (!named.has(address) || readReplyText(named.get(address) ?? '').code === null)
        named.set(address, words);
    }
  }
  for (const address of failed) if (!named.has(address)) named.set(address, '');
  const common = lines.find((line) => readReplyText(line).code !== null)?.trim() ?? '';
  return [...named].map(([address, words]) =>
    describe(address, action, hasReply(words) ? words : common || words),
  );
}

function hasReply(words: string): boolean {
  const { code, enhanced } = readReplyText(words);
  return code !== null || enhanced !== null;
}

function readAction(text: string): ReportAction | null {
  if (DELAYED.test(text)) return 'delayed';
  return FAILED.test(text) ? 'failed' : null;
}

/** What stands with an address: the rest of its line and what follows, up to an empty line behind a reply, or the next address of somebody else. */
function readWords(lines: readonly string[], index: number, address: string): string {
  const own: string[] = [];
  for (const line of lines.slice(index, index + 12)) {
    const others = listAddresses(line).filter((one) => one.toLowerCase() !== address.toLowerCase());
    if (own.length > 0 && others.length > 0 && !/^\s/.test(line)) break;
    if (line.trim() === '' && own.length > 1) break;
    own.push(line.trim());
  }
  const text = own.join(' ').replace(/\s+/g, ' ').trim();
  const rest = text.replace(ADDRESS, (one) => (one.toLowerCase() === address.toLowerCase() ? '' : one));
  const words = rest.replace(/^[\s<>:()."'*-]+/, '').trim();
  return /\w{3}/.test(words) ? text.slice(0, 500) : '';
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
