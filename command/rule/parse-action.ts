import { ruleAction, type RuleAction } from '../../common/shapes/rule.ts';
import { makeUsageError } from '../failure.ts';

const ALLOWED =
  'file MAILBOX, label NAME, flag, mark-read, forward ADDRESS, redirect ADDRESS, vacation TEXT, discard, stop';

/** `--do "file Work"` as an action of the form; usage when it is none. `forward` keeps the mail, `redirect` does not. */
export function parseAction(typed: string, vacation: { days: number; subject: string | null }): RuleAction {
  const [, word = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(typed.trim()) ?? [];
  const read = ruleAction.safeParse(describe(word.toLowerCase(), rest, vacation));
  if (!read.success) throw makeUsageError('bad-value', { option: '--do', value: typed, allowed: ALLOWED });
  return read.data;
}

function describe(action: string, rest: string, vacation: { days: number; subject: string | null }): unknown {
  switch (action) {
    case 'file':
      return { action, mailbox: rest };
    case 'label':
      return { action, label: rest };
    case 'forward':
    case 'redirect':
      return { action: 'forward', address: rest, keep: action === 'forward' };
    case 'vacation':
      return { action, text: rest, ...vacation };
    default:
      return rest === '' ? { action } : null;
  }
}
