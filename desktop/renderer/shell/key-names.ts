import { profileStore } from '../profile/profile-store.ts';
import type { Command } from './commands.ts';
import { keysOf } from './keys.ts';

const isMac = typeof navigator !== 'undefined' && /^(Mac|iP)/.test(navigator.platform);

const SHOWN: Record<string, string> = {
  Escape: 'Esc',
  Delete: 'Del',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** Keys for people: `Mod+k` as Ctrl+K or ⌘K, `I` as Shift+I. */
export function showKeys(keys: string, mac = isMac): string {
  return keys
    .split(' ')
    .map((key) => {
      // The last `+` of `Mod++` is the key itself.
      const parts = key.split(/\+(?=.)/);
      const last = parts.pop() ?? '';
      const held = parts.map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part));
      if (held.length === 0 && /^\p{Lu}$/u.test(last)) held.push('Shift');
      const name = SHOWN[last] ?? (held.length > 0 && last.length === 1 ? last.toUpperCase() : last);
      return mac && held[0] === '⌘' && held.length === 1 ? `⌘${name}` : [...held, name].join('+');
    })
    .join(' ');
}

/** The key of a command for a tooltip or menu; undefined when it has none that works now. */
export function hintKeys(command: Command): string | undefined {
  const { keys, keyMap } = profileStore.get().preferences;
  const first = keysOf(command, keyMap).find((one) => keys || !/^\S( |$)/.test(one));
  return first === undefined ? undefined : showKeys(first);
}
