import type { RuleAction } from '../../shapes/rule.ts';
import { encodeLabel } from '../label-flag.ts';
import { quote } from './write-script.ts';

/** The command that an action of the form is. */
export function writeAction(action: RuleAction): string {
  switch (action.action) {
    case 'file':
      return `fileinto ${quote(action.mailbox)};`;
    case 'label':
      return `addflag ${quote(encodeLabel(action.label))};`;
    case 'flag':
      return `addflag ${quote('\\Flagged')};`;
    case 'mark-read':
      return `addflag ${quote('\\Seen')};`;
    case 'forward':
      return `redirect ${action.keep ? ':copy ' : ''}${quote(action.address)};`;
    case 'vacation': {
      const subject = action.subject === null ? '' : `:subject ${quote(action.subject)} `;
      return `vacation :days ${action.days} ${subject}${quote(action.text)};`;
    }
    default:
      return `${action.action};`;
  }
}

/** Which extension an action needs; null for none. */
export function findActionExtension(action: RuleAction): string | null {
  switch (action.action) {
    case 'file':
      return 'fileinto';
    case 'label':
    case 'flag':
    case 'mark-read':
      return 'imap4flags';
    case 'forward':
      return action.keep ? 'copy' : null;
    case 'vacation':
      return 'vacation';
    default:
      return null;
  }
}
