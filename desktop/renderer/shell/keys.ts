import { profileStore } from '../profile/profile-store.ts';
import { runCommand, type Command } from './commands.ts';

/** Single keys, off in text fields and when the person switched them off (WCAG 2.1.4). */
const SINGLE_KEYS: Record<string, Command> = {
  j: 'next',
  k: 'previous',
  u: 'back',
  c: 'compose',
  r: 'reply',
  a: 'reply-all',
  f: 'forward',
  e: 'archive',
  '#': 'delete',
  '!': 'junk',
  s: 'flag',
  I: 'mark-read',
  U: 'mark-unread',
  x: 'select',
  '*': 'select-all',
  v: 'move',
  l: 'label',
  b: 'remind',
  z: 'undo',
  '?': 'help',
  '/': 'search',
};

/** After `g`, within 1.5 s. */
const AFTER_G: Record<string, Command> = { i: 'go-inbox', s: 'go-sent', d: 'go-drafts' };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Keys that do not type a character: they work whatever the setting says, but for text fields. */
const PLAIN_KEYS: Record<string, Command> = { Delete: 'delete', Escape: 'back' };

/** The command of a key press. `waiting`: a `g` came just before. */
export function readKey(
  press: KeyPress,
  place: { inText: boolean; singleKeys: boolean; waiting: boolean },
): Command | 'wait' | null {
  const main = press.ctrlKey || press.metaKey;
  if (press.key === 'F6') return press.shiftKey ? 'previous-region' : 'next-region';
  if (main && press.key === 'Enter') return 'send';
  if (main && press.shiftKey && press.key.toLowerCase() === 'q') return 'sign-out';
  if (main || press.altKey || place.inText) return null;
  if (press.key in PLAIN_KEYS) return PLAIN_KEYS[press.key] ?? null;
  if (!place.singleKeys) return null;
  if (place.waiting) return AFTER_G[press.key] ?? null;
  if (press.key === 'g') return 'wait';
  return SINGLE_KEYS[press.key] ?? null;
}

let waitingUntil = 0;

/** Listens in a document: the window's own, or the one of a mail's frame. Returns how to stop. */
export function listenForKeys(target: Document): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    // An open dialog or menu has its own keys.
    if (document.querySelector('dialog:modal') !== null || isInMenu(event.target)) return;
    const command = readKey(event, {
      inText: isTextField(event.target),
      singleKeys: profileStore.get().preferences.keys,
      waiting: Date.now() < waitingUntil,
    });
    waitingUntil = command === 'wait' ? Date.now() + 1500 : 0;
    if (command === null || command === 'wait') return;
    if (runCommand(command)) event.preventDefault();
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}

function isInMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=menu]') !== null;
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  );
}
