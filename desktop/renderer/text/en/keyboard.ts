import type { Entry } from '../text.ts';

export const en = {
  lead: 'Every command can have the key that you like. The choice is yours on every computer.',
  'all-back': 'All keys as they came',
  change: 'Change',
  'change-of': 'Change the key of “{command}”',
  changed: 'Yours',
  none: 'No key',
  'new-keys': 'New key',
  press: 'Press a key, two one after the other, or one with Ctrl or Alt. Esc leaves it as it is.',
  free: '{keys} is free.',
  reserved: '{keys} has its own meaning everywhere and cannot be given away. Press another one.',
  taken: '{keys} belongs to: {commands}. Whoever has it now loses it.',
  take: 'Take it',
  save: 'Save',
  'no-key': 'Without a key',
  back: 'As it came',
} as const satisfies Record<string, Entry>;
