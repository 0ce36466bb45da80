import type { Entry } from '../text.ts';

export const en = {
  title: 'How to search',
  lead: 'Type what you remember; all of it has to be in the mail. The newest comes first.',
  words: 'all of these words',
  phrase: 'exactly these words',
  from: 'the sender',
  to: 'a recipient',
  subject: 'in the subject',
  in: 'in one mailbox',
  label: 'with a label',
  after: 'from a day on',
  before: 'before a day',
  attachment: 'with an attachment',
  unread: 'not read yet',
  larger: 'larger than',
  without: 'without this word',
  either: 'one or the other',
} as const satisfies Record<string, Entry>;
