import { MailError } from '../../common/errors.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import type { Account, AccountProblem } from '../../common/shapes/account.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { Call } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { fill, translate, type Words } from '../words/words.ts';

/** ACCOUNT of the contract, its keys in order, the problem in the user's language. */
export function viewAccount(account: Account, language: Language): Account {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    pop3: account.pop3,
    send: account.send,
    keep: account.keep,
    interval: account.interval,
    adaptive: account.adaptive,
    currentInterval: account.currentInterval,
    paused: account.paused,
    signedInOnly: account.signedInOnly,
    state: account.state,
    lastSuccess: account.lastSuccess,
    nextTry: account.nextTry,
    nextAllowed: account.nextAllowed,
    failingSince: account.failingSince,
    oauth: account.oauth,
    error: account.error === null ? null : viewProblem(account.error, language),
  };
}

/** Codes that only say: later. */
const LATER: readonly string[] = ['too-soon', 'login-delay'];

/**
 * A problem with the sentence and the next step of its code; parts write English to each other. `allowed` is when the account
 * may be checked again, for the sentences that say so.
 */
export function viewProblem(
  problem: AccountProblem,
  language: Language,
  allowed: string | null = null,
): AccountProblem {
  const { code, serverLine } = problem;
  const { message, action } = describeError({ ...problem, retryAfter: readWait(code, allowed) }, language);
  return { code, message, action, serverLine };
}

/** The same as an error, for the end of a command. */
export function makeProblemError(problem: AccountProblem, allowed: string | null = null): MailError {
  const { code, message, serverLine, reason, params } = problem;
  const retryAfter = readWait(code, allowed);
  return new MailError(code as MailError['code'], message, {
    ...(serverLine === null ? {} : { serverLine }),
    ...(reason ? { reason } : {}),
    ...(params === undefined ? {} : { params }),
    ...(retryAfter === null ? {} : { retryAfter }),
  });
}

function readWait(code: string, allowed: string | null): number | null {
  if (allowed === null || !LATER.includes(code)) return null;
  const seconds = Math.ceil((Date.parse(allowed) - Date.now()) / 1000);
  return seconds > 0 ? seconds : null;
}

export function formatAccount(account: Account, call: Call): string {
  const words = call.words();
  const { pop3, send, error } = account;
  const smtp = send.smtp;
  const rows = [
    [words.email, account.name === null ? account.email : `${account.name} <${account.email}>`],
    [words.id, account.id],
    ['POP3', `${pop3.user} @ ${pop3.host}:${pop3.port} (${formatWay(pop3, words)})`],
    [
      words.sending,
      smtp === null
        ? words.throughRelay
        : `${smtp.user ?? '–'} @ ${smtp.host}:${smtp.port} (${formatWay(smtp, words)})`,
    ],
    [words.keep, formatKeep(account.keep, words)],
    [words.interval, formatInterval(account, words)],
    [words.state, words[`state/${account.state}`]],
    [words.lastSuccess, formatWhen(account.lastSuccess, call.language())],
    [words.nextTry, formatWhen(account.nextTry, call.language())],
  ];
  if (account.signedInOnly) rows.push([words.polled, words.signedInOnly]);
  if (account.oauth !== null) rows.push([words.signedInAt, account.oauth]);
  if (account.nextAllowed !== null)
    rows.push([words.nextAllowed, formatWhen(account.nextAllowed, call.language())]);
  if (error !== null) rows.push([words.problem, formatProblem(error)]);
  return formatTable(rows);
}

function formatInterval({ interval, adaptive, currentInterval }: Account, words: Words): string {
  const now = fill(words.seconds, { n: currentInterval === 0 ? interval : currentInterval });
  return adaptive ? `${now} (${fill(words.adaptive, { n: interval })})` : now;
}

function formatWay({ tls, auth }: { tls: string; auth: string }, words: Words): string {
  return `${translate(words, 'tls', tls)}, ${translate(words, 'auth', auth)}`;
}

export function formatProblem({ code, message, serverLine }: AccountProblem): string {
  return `${message} (${code})${serverLine === null ? '' : ` > ${cut(serverLine, 200)}`}`;
}

function formatKeep(keep: string, words: Words): string {
  if (keep === 'always') return words.keepAlways;
  if (keep === 'delete') return words.keepDelete;
  if (keep === 'mirror') return words.keepMirror;
  return fill(words.keepDays, { n: keep.replace('days:', '') });
}
