import type { Entry } from '../text.ts';

export const en = {
  title: 'Keyboard shortcuts',
  off: 'Single keys are switched off in Settings, Keyboard.',
  change: 'Change the keys',
  moving: 'Moving',
  writing: 'Writing',
  tidying: 'Tidying',
  selecting: 'Selecting',
  else: 'Else',
  list: 'Always in the list',
  'list-move': 'Move',
  'list-open': 'Open',
  'list-select': 'Select',
  'list-extend': 'Select a range',
} as const satisfies Record<string, Entry>;
