import type { Command } from '../commands.ts';

/** All commands as help, settings and palette show them; a test demands that none is missing. */
export const COMMAND_GROUPS = [
  {
    name: 'moving',
    commands: [
      'next',
      'previous',
      'open',
      'back',
      'go-inbox',
      'go-sent',
      'go-drafts',
      'search',
      'next-region',
      'previous-region',
    ],
  },
  {
    name: 'writing',
    commands: [
      'compose',
      'reply',
      'reply-all',
      'forward',
      'send',
      'send-later',
      'attach',
      'picture',
      'template',
      'own-window',
      'discard',
    ],
  },
  {
    name: 'tidying',
    commands: [
      'archive',
      'delete',
      'junk',
      'flag',
      'mark-read',
      'mark-unread',
      'move',
      'label',
      'snooze',
      'remind',
      'undo',
      'print',
    ],
  },
  { name: 'selecting', commands: ['select', 'extend-next', 'extend-previous', 'select-all'] },
  {
    name: 'else',
    commands: ['palette', 'help', 'check', 'contacts', 'settings', 'add-account', 'admin', 'sign-out'],
  },
] as const satisfies readonly { name: string; commands: readonly Command[] }[];
