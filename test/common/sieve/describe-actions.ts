import type { SieveAction, SieveResult } from '../../../common/sieve/action.ts';
import { sortFlags } from '../../harness/sieve-test.ts';

/** What a run did, in the words that `sieve-test`'s output is read into too. */
export function describeActions({ actions, problems }: SieveResult): string {
  if (problems.length > 0) return 'failed';
  return actions.map(describeAction).join('; ');
}

function describeAction(action: SieveAction): string {
  switch (action.kind) {
    case 'keep':
      return `${action.implicit ? 'implicit' : 'store'} INBOX${describeFlags(action.flags)}`;
    case 'fileinto':
      return `store ${action.mailbox}${action.create ? ' create' : ''}${describeFlags(action.flags)}`;
    case 'redirect':
      return `redirect ${action.address}`;
    case 'discard':
      return 'discard';
    default: {
      const { seconds, subject, from, text } = action;
      const tags = `${subject === null ? '' : ` subject ${subject}`}${from === null ? '' : ` from ${from}`}`;
      return `vacation seconds ${seconds}${tags} text ${JSON.stringify(text.replaceAll('\r\n', '\n'))}`;
    }
  }
}

function describeFlags(flags: readonly string[]): string {
  return flags.length > 0 ? ` flags ${sortFlags(flags)}` : '';
}
