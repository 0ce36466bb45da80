import { MailError } from '../../../common/errors.ts';
import { foldName } from '../../../common/fold-name.ts';
import { mailboxDefinition, type MailboxDefinition } from '../../../common/shapes/mailbox.ts';
import type { ItemRecord } from '../profile-store.ts';

const MAX_DEPTH = 20;

/** A mailbox as it may be kept: its role fixed, its parent there, no circle, its name its own among siblings. */
export function checkMailbox(id: string, value: unknown, existing: readonly ItemRecord[]): MailboxDefinition {
  const parsed = mailboxDefinition.safeParse({ ...(value as object), id });
  if (!parsed.success) throw refuse('value', parsed.error.issues[0]?.message ?? '');
  const mailbox = parsed.data;
  const others = readMailboxes(existing).filter((other) => other.id !== id);
  const before = readMailboxes(existing).find((other) => other.id === id);
  if (mailbox.role !== (before?.role ?? null)) throw refuse('role', 'a role is given once');
  if (mailbox.name.includes('/')) throw refuse('name', 'a name has no slash');
  // Marks of writing direction could make a name look like another one's.
  if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(mailbox.name)) {
    throw refuse('name', 'a name has no control characters');
  }
  checkDepth(mailbox, others);
  const key = foldName(mailbox.name);
  if (others.some((other) => other.parent === mailbox.parent && foldName(other.name) === key)) {
    throw new MailError('name-taken', 'a mailbox of that name is there', {
      field: 'name',
      reason: 'mailbox',
    });
  }
  return mailbox;
}

/** Role mailboxes stay; one with mailboxes inside must be emptied of them first. */
export function checkMailboxRemoval(id: string, existing: readonly ItemRecord[]): void {
  const mailboxes = readMailboxes(existing);
  if (mailboxes.some((mailbox) => mailbox.id === id && mailbox.role !== null)) {
    throw new MailError('forbidden', 'this mailbox belongs to every user', { reason: 'role-mailbox' });
  }
  if (mailboxes.some((mailbox) => mailbox.parent === id)) {
    throw new MailError('forbidden', 'the mailbox has others inside', { reason: 'mailbox-not-empty' });
  }
}

/** Parents that are there, in no circle, and so few that also the deepest mailbox inside has no more than MAX_DEPTH. */
function checkDepth(mailbox: MailboxDefinition, others: readonly MailboxDefinition[]): void {
  let above = 0;
  for (let { parent } = mailbox; parent !== null; above++) {
    const found = others.find((other) => other.id === parent);
    if (found === undefined || above === MAX_DEPTH) throw refuse('parent', 'no such parent');
    parent = found.parent;
  }
  if (above + measureInside(mailbox.id, others) > MAX_DEPTH) throw refuse('parent', 'too deep');
}

function measureInside(id: string, others: readonly MailboxDefinition[], depth = 0): number {
  if (depth > MAX_DEPTH) return depth;
  const inside = others.filter(({ parent }) => parent === id);
  return Math.max(depth, ...inside.map((one) => measureInside(one.id, others, depth + 1)));
}

function readMailboxes(records: readonly ItemRecord[]): MailboxDefinition[] {
  return records.map((record) => JSON.parse(record.value ?? 'null') as MailboxDefinition);
}

function refuse(field: string, problem: string): MailError {
  return new MailError('invalid', `mailbox refused: ${problem}`, {
    field,
    reason: 'input',
    params: { field, problem },
  });
}
