import type { Entry } from '../text.ts';

export const en = {
  refused: 'This mail cannot leave like this.',
  'sending-settings': 'Sending settings of this account',
  'add-account': 'Add account',
  copied: 'Copied',
  'copy-record': 'Copy the record',
  'failed-on': 'Last time, {time}: {why}',
  'server-said': 'What the server said',
  'all-the-same': 'Send all the same',
  'send-code': 'Send me a code',
  'send-code-again': 'Send another code',
  'code-sent':
    'A mail with a code is on its way to {address}. If this mailbox is fetched here, it is enough that it arrives.',
  'code-sent-before':
    'A mail with a code went to {address}: {time}. Enter it here; if this mailbox is fetched here, it is enough that it arrives.',
  code: 'Code',
  confirm: 'Confirm',
  'way-through': 'Leaves through {host}',
  'way-through-as': 'Leaves through {host} as {login}',
  'way-direct': 'Leaves through Valija, straight to {host}',
  'way-direct-signed': 'Leaves through Valija, straight to {host}, signed for {domain}',
} as const satisfies Record<string, Entry>;
