import { describeError } from '../../common/error-texts/describe.ts';
import { splitReason } from '../../common/reason.ts';
import { LANGUAGES, type Language } from '../../common/shapes/profile.ts';
import type { NoticeAction } from './choose-notices.ts';
import type { DsnInput, ReportedRecipient } from './dsn-input.ts';
import { DSN_WORDS } from './words.ts';

/** What is worse is said first, also by the subject. */
const ORDER: readonly NoticeAction[] = ['failed', 'delayed', 'relayed'];

/** The part for people, lines end with CRLF: for each recipient what happened, what to do, and the server's own line. */
export function writeText(input: DsnInput): string {
  return listLanguages(input)
    .map((language) => writeIn(input, language).join('\r\n'))
    .join(`\r\n${'-'.repeat(60)}\r\n\r\n`);
}

/** The subject, ASCII as long as that of the mail is. */
export function writeSubject(input: DsnInput): string {
  const worst = ORDER.find((action) => input.recipients.some((one) => one.action === action)) ?? 'failed';
  const said = listLanguages(input).map((language) => DSN_WORDS[language].subject[worst]);
  return [said.join(' / '), ...(input.subject === null ? [] : [input.subject])].join(': ');
}

function listLanguages({ language }: DsnInput): readonly Language[] {
  return language === null ? LANGUAGES : [language];
}

function writeIn(input: DsnInput, language: Language): string[] {
  const words = DSN_WORDS[language];
  const parts = ORDER.flatMap((action) => {
    const recipients = input.recipients.filter((one) => one.action === action);
    if (recipients.length === 0) return [];
    return [
      ...wrap(words.intro[action], ''),
      '',
      ...recipients.flatMap((one) => [...describeRecipient(one, language), '']),
    ];
  });
  return [...parts, words[input.returned.kind], ''];
}

function describeRecipient(recipient: ReportedRecipient, language: Language): string[] {
  const words = DSN_WORDS[language];
  const { action, reason, host, diagnostic, saidByHost, retryUntil } = recipient;
  const lines = [`<${recipient.address}>`];
  if (action !== 'relayed') {
    const text = describeError(splitReason(reason ?? 'server-error'), language);
    lines.push(...wrap(text.message, '    '));
    // What is tried again asks for nothing, and the advice to wait is no good after days.
    const advice = recipient.gaveUp ? words.gaveUp : text.action;
    if (advice !== null && action === 'failed') lines.push(...wrap(advice, '    '));
  }
  if (diagnostic !== null && saidByHost) {
    const who = host === null || host === '' ? '' : words.answered.replace('{host}', () => host);
    lines.push(...wrap(`${who} ${diagnostic}`.trim(), '    '));
  } else if (diagnostic !== null) {
    lines.push(...wrap(diagnostic, '    '));
  }
  if (retryUntil !== null) {
    const until = retryUntil.toISOString().slice(0, 16).replace('T', ' ');
    lines.push(...wrap(words.retried.replace('{until}', `${until} UTC`), '    '));
  }
  return lines;
}

/** Lines no longer than they can be read; a word that is longer stays whole, as addresses of pages must. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > 72) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
