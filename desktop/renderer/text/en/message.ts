import type { Entry } from '../text.ts';

export const en = {
  print: 'Print…',
  'print-all': 'Print conversation…',
  printing: 'Getting it ready to print…',
  'mails-in-all': { one: '{n} mail', other: '{n} mails' },
  date: 'Date',
  subject: 'Subject',
  save: 'Save as file (.eml)',
  source: 'Show source…',
  'source-title': 'Source of this mail',
  'source-cut': 'The first {shown} of {all}. The file has all of it.',
  copy: 'Copy',
  copied: 'Copied',
} as const satisfies Record<string, Entry>;
