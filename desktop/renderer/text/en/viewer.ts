import type { Entry } from '../text.ts';

export const en = {
  close: 'Close',
  tools: 'View',
  previous: 'Previous page',
  next: 'Next page',
  'page-of': 'Page {page} of {pages}',
  smaller: 'Smaller',
  larger: 'Larger',
  zoom: '{n} %: fit to the window',
  words: 'Words only',
  save: 'Download',
  cut: 'Only the beginning of this file is shown.',
  'no-words': 'There are no words on this page.',
  'no-view': 'This kind of file cannot be shown here.',
  'no-view-no-save':
    'This kind of file cannot be shown, and nothing is saved on this computer. Open it on a computer of your own.',
} as const satisfies Record<string, Entry>;
