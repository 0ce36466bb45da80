import type { Entry } from '../text.ts';

export const en = {
  'picture-bad': 'This picture cannot be shown, or not be made small enough.',
  'picture-bar': 'Picture',
  'picture-size': 'Size',
  'picture-small': 'Small',
  'picture-medium': 'Medium',
  'picture-large': 'Large',
  'picture-own': 'As it is',
  'picture-words': 'Description, for who cannot see it',
  'picture-remove': 'Remove picture',
} as const satisfies Record<string, Entry>;
