import type { SieveAction } from '../action.ts';
import { pickFlags } from '../flags.ts';
import { readLiteral } from '../language/call.ts';
import type { ActionDefinition, CheckContext, TagRule } from '../language/definition.ts';
import type { Call } from '../language/call.ts';
import type { Run } from '../run.ts';

const FLAGS: TagRule = { name: 'flags', takes: 'texts', extension: 'imap4flags' };

/** RFC 5228 3.3, 4.1, 4.3, 4.4. */
export const storeActions: Record<string, ActionDefinition> = {
  keep: {
    tags: [FLAGS],
    perform(call, run) {
      store(run, { kind: 'keep', flags: pickFlags(run, call.tags.get('flags')), implicit: false });
      run.keeps = false;
    },
  },
  fileinto: {
    extension: 'fileinto',
    tags: [FLAGS, { name: 'copy', extension: 'copy' }, { name: 'create', extension: 'mailbox' }],
    takes: [['text']],
    check: checkMailbox,
    perform(call, run) {
      const [mailbox = ''] = run.fillAll(call.values[0]);
      if (mailbox.trim() === '') throw run.fail('bad-value', { value: mailbox, allowed: 'INBOX, …' });
      const flags = pickFlags(run, call.tags.get('flags'));
      const create = call.tags.has('create');
      const isInbox = mailbox.toLowerCase() === 'inbox';
      store(
        run,
        isInbox ? { kind: 'keep', flags, implicit: false } : { kind: 'fileinto', mailbox, flags, create },
      );
      if (!call.tags.has('copy')) run.keeps = false;
    },
  },
  discard: {
    perform(_call, run) {
      if (!run.actions.some(({ kind }) => kind === 'discard')) run.add({ kind: 'discard' });
      run.keeps = false;
    },
  },
  stop: { perform: (_call, run) => void (run.stopped = true) },
};

/** A mailbox holds a mail once (RFC 5228 2.10.3); the flags that were asked for last count. */
function store(run: Run, action: SieveAction & { kind: 'keep' | 'fileinto' }): void {
  const same = run.actions.findIndex(
    (one) =>
      one.kind === action.kind && (one.kind === 'keep' || one.mailbox === (action as typeof one).mailbox),
  );
  if (same < 0) run.add(action);
  else run.actions[same] = action;
}

function checkMailbox(call: Call, context: CheckContext): void {
  const [value] = call.values;
  const mailbox = value?.kind === 'texts' ? readLiteral(value.texts[0]) : null;
  if (mailbox === null || value === undefined) return;
  if (mailbox.trim() === '') context.refuse('bad-value', value, { value: mailbox, allowed: 'INBOX, …' });
  else if (context.mailboxes !== null && !call.tags.has('create') && mailbox.toLowerCase() !== 'inbox') {
    if (!context.mailboxes.includes(mailbox)) context.refuse('unknown-mailbox', value, { mailbox });
  }
}
