import type { CommandEntry } from '../table.ts';

/** What is sent, and what waits to be. */
export const SEND_COMMANDS = {
  send: {
    options: {
      from: 'text',
      to: 'texts',
      cc: 'texts',
      bcc: 'texts',
      subject: 'text',
      html: 'text',
      attach: 'texts',
      'in-reply-to': 'text',
      at: 'text',
      undo: 'text',
      key: 'text',
      raw: 'flag',
    },
    load: async () => await import('./send.ts'),
  },
  'send waiting': { options: {}, load: async () => await import('./waiting.ts') },
  'send change': {
    words: ['ID'],
    options: { at: 'text' },
    required: ['at'],
    load: async () => await import('./change.ts'),
  },
  'send cancel': { words: ['ID'], options: {}, load: async () => await import('./cancel.ts') },
  status: { words: ['ID'], options: {}, load: async () => await import('./status.ts') },
} as const satisfies Record<string, CommandEntry>;
