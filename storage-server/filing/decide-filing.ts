import { isMailAddress } from '../../common/compose/check-address.ts';
import { foldAddress } from '../../common/compose/recipients.ts';
import { MAX_LABELS, foldLabel } from '../../common/label-name.ts';
import { labelName } from '../../common/shapes/label.ts';
import type { Flag } from '../../common/shapes/mail.ts';
import type { SieveAction } from '../../common/sieve/action.ts';
import { decodeLabel } from '../../common/sieve/label-flag.ts';
import type { KnownMailbox } from '../home/home.ts';
import { planAnswer, type Receiver } from './answer.ts';
import type { FilingDecision, FilingProblem } from './filing.ts';
import { mayForward, type SendingCase } from './sending-rule.ts';

/** What stands behind a decision. `describe` is called only where something might be sent; null: nothing ever is, as on demand. */
export interface FilingContext {
  mailboxes: readonly KnownMailbox[];
  receiver: Receiver;
  describe: (() => SendingCase) | null;
}

/** A mail that no rule says anything of. */
export function keepMail(problems: FilingProblem[] = []): FilingDecision {
  return { mailbox: null, flags: [], labels: [], forwards: [], answer: null, problems };
}

/**
 * Makes one decision of the actions that scripts asked for (RFC 5228 2.10). A mail lies in one mailbox: the first that a rule
 * files it into; further ones become labels. Nothing is lost: what is discarded, or forwarded without being kept, goes to
 * Trash; what should be forwarded and may not be stays.
 */
export function decideFiling(actions: readonly SieveAction[], context: FilingContext): FilingDecision {
  const decision = keepMail();
  const places: string[] = [];
  const keywords: string[] = [];
  let kept = false;
  let discarded = false;
  let redirected = false;
  for (const action of actions) {
    if (action.kind === 'keep') kept = true;
    else if (action.kind === 'discard') discarded = true;
    else if (action.kind === 'fileinto') addPlace(action.mailbox, places, context, decision.problems);
    else if (action.kind === 'redirect') {
      redirected = true;
      addForward(action.address, decision, context);
    } else if (context.describe !== null) {
      decision.answer ??= planAnswer(action, context.describe(), context.receiver);
    }
    if ('flags' in action) keywords.push(...action.flags);
  }
  const trash = context.mailboxes.find(({ role }) => role === 'trash')?.id ?? null;
  const [first, ...further] = [...new Set(places)];
  const left = !kept && redirected && decision.forwards.length > 0;
  if (first !== undefined) decision.mailbox = first;
  else if (!kept && (discarded || left)) decision.mailbox = trash;
  const names = further.map((id) => context.mailboxes.find((one) => one.id === id)?.path ?? '');
  addKeywords(decision, keywords, names);
  const isRead = left && !discarded && first === undefined;
  if (!isRead && isOutOfSight(decision.mailbox, context)) decision.answer = null;
  return decision;
}

/** Where `path` leads. Where nothing of that name is there, the user is told, and it is the Inbox unless a rule filed it before. */
function addPlace(
  path: string,
  places: string[],
  { mailboxes }: FilingContext,
  problems: FilingProblem[],
): void {
  const found = findPlace(path, mailboxes);
  if (found === undefined) problems.push({ rule: null, reason: 'rule-mailbox-gone', detail: path });
  const fallback = places.length === 0 ? mailboxes.find(({ role }) => role === 'inbox') : undefined;
  const place = found ?? fallback;
  if (place !== undefined) places.push(place.id);
}

/** By path, id, or role: scripts of others say `Junk` and `Trash`, whatever the user's language calls them. */
export function findPlace(path: string, mailboxes: readonly KnownMailbox[]): KnownMailbox | undefined {
  const role = path.toLowerCase();
  return (
    mailboxes.find((one) => one.path === path) ??
    mailboxes.find(({ id }) => id === path) ??
    mailboxes.find((one) => one.role === role)
  );
}

function addForward(address: string, decision: FilingDecision, { describe, receiver }: FilingContext): void {
  if (describe === null || !mayForward(describe())) return;
  const key = foldAddress(address);
  if (receiver.emails.some((one) => foldAddress(one) === key)) {
    // It would come back to where it was forwarded from.
    decision.problems.push({ rule: null, reason: 'rule-forward-own', detail: key });
    return;
  }
  // A script may name what nobody can send to, such as `ana@example..org`.
  if (receiver.sender === null || !isMailAddress(address)) {
    decision.problems.push({ rule: null, reason: 'rule-forward-refused', detail: key });
  } else if (!decision.forwards.some(({ recipient }) => foldAddress(recipient) === key)) {
    decision.forwards.push({ recipient: address, from: receiver.sender.address });
  }
}

/** IMAP system flags (RFC 9051 2.3.2) and the keyword of RFC 5550 that are flags here; everything else is a label. */
const FLAG_NAMES: ReadonlyMap<string, Flag> = new Map([
  ['\\seen', 'seen'],
  ['\\flagged', 'flagged'],
  ['\\answered', 'answered'],
  ['$forwarded', 'forwarded'],
]);

function addKeywords(decision: FilingDecision, keywords: readonly string[], labels: readonly string[]): void {
  const known = new Set<string>();
  const addLabel = (name: string): void => {
    const checked = labelName.safeParse(name);
    if (!checked.success || known.has(foldLabel(checked.data)) || known.size >= MAX_LABELS) return;
    known.add(foldLabel(checked.data));
    decision.labels.push(checked.data);
  };
  for (const keyword of keywords) {
    const flag = FLAG_NAMES.get(keyword.toLowerCase());
    if (flag !== undefined && !decision.flags.includes(flag)) decision.flags.push(flag);
    // `\Deleted` and `\Draft` mean nothing for a mail that came in.
    else if (flag === undefined && !keyword.startsWith('\\')) addLabel(decodeLabel(keyword));
  }
  for (const name of labels) addLabel(name);
}

/** Nobody is told that a mail was received which its receiver does not get to see; one that was forwarded is seen there. */
function isOutOfSight(mailbox: string | null, { mailboxes }: FilingContext): boolean {
  const role = mailboxes.find(({ id }) => id === mailbox)?.role;
  return role === 'junk' || role === 'trash';
}
