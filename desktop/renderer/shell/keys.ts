import type { Preferences } from '../../../common/shapes/profile.ts';
import { profileStore } from '../profile/profile-store.ts';
import { COMMANDS, runCommand, type Command } from './commands.ts';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;
export type KeyMap = Preferences['keyMap'];

/** Of the person's own choice, else those that the command came with. */
export function keysOf(command: Command, own: KeyMap): readonly string[] {
  return own[command] ?? COMMANDS[command];
}

/** `j`, `J`, `#`, `F6`, `Shift+F6`, `Mod+k`, `Mod+Shift+q`: what is typed, after the keys that are held. `Mod` is Ctrl or ⌘. */
export function nameKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const typed = key.length === 1;
  // AltGr, which signs such as # need on many keyboards; Windows reports it as Ctrl and Alt.
  if (typed && altKey && !/[a-z\d]/i.test(key)) return key;
  const main = ctrlKey || metaKey;
  const held = [main && 'Mod', altKey && 'Alt', shiftKey && (main || !typed) && 'Shift'].filter(Boolean);
  // With Caps Lock a letter is a capital without Shift; with Ctrl and Shift some systems say so and others not.
  return [...held, typed && (main || !shiftKey) ? key.toLowerCase() : key].join('+');
}

/** The command of a key press; `wait` when another key is to follow. `before`: the key that waits for this one. */
export function readKey(
  press: KeyPress,
  place: { inText: boolean; singleKeys: boolean; before: string | null; own: KeyMap },
): Command | 'wait' | null {
  const name = nameKey(press);
  const chord = /^(Mod|Alt|(Shift\+)?F\d)/.test(name);
  // Single keys can be switched off (WCAG 2.1.4); what types nothing works all the same, but in text fields.
  if (!chord && (place.inText || (name.length === 1 && !place.singleKeys))) return null;
  const sought = place.before === null ? name : `${place.before} ${name}`;
  let follows = false;
  for (const command of Object.keys(COMMANDS) as Command[]) {
    for (const keys of keysOf(command, place.own)) {
      if (keys === sought) return command;
      follows ||= keys.startsWith(`${sought} `);
    }
  }
  return follows ? 'wait' : null;
}

/** How long a key waits for the one that is to follow. */
const WAIT_MS = 1500;
let waiting: { name: string; until: number } | null = null;

/** Listens in a document: the window's own, or the one of a mail's frame. Returns how to stop. */
export function listenForKeys(target: Document): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || HELD.has(event.key)) return;
    // An open dialog or menu has its own keys.
    if (document.querySelector('dialog:modal') !== null || isInMenu(event.target)) return;
    const { keys, keyMap } = profileStore.get().preferences;
    const command = readKey(event, {
      inText: isTextField(event.target),
      singleKeys: keys,
      before: waiting !== null && Date.now() < waiting.until ? waiting.name : null,
      own: keyMap,
    });
    waiting = command === 'wait' ? { name: nameKey(event), until: Date.now() + WAIT_MS } : null;
    if (command === null || command === 'wait') return;
    if (runCommand(command)) event.preventDefault();
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}

/** Alone they are not yet a key: `g` still waits while Shift goes down for what follows. */
const HELD: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta']);

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
