import { COMMANDS, type Command } from '../../shell/commands.ts';
import { keysOf, type KeyMap } from '../../shell/keys.ts';

/** What is said about keys that somebody wants for a command. */
export type Judgement =
  | { kind: 'free' }
  /** They belong to the browser, or to every list and form. */
  | { kind: 'reserved' }
  /** Other commands have them, or keys that begin alike; they would lose them. */
  | { kind: 'taken'; by: Command[] };

/** What moves, opens and closes everywhere, and what browsers never hand on to a page. */
const RESERVED =
  /^(Shift\+)?(Escape|Tab|Enter|Space|Arrow\w+|Home|End|Page\w+)$|^Mod\+(Shift\+)?[twnr]$|^F(5|11|12)$|^Mod\+[acvxzl]$/;

/** `keys` as `nameKey` writes them, one or two with a space between. */
export function judgeKeys(command: Command, keys: string, own: KeyMap): Judgement {
  if (keys.split(' ').some((key) => RESERVED.test(key))) return { kind: 'reserved' };
  const by = listCommands().filter(
    (other) => other !== command && keysOf(other, own).some((one) => doClash(one, keys)),
  );
  return by.length === 0 ? { kind: 'free' } : { kind: 'taken', by };
}

/** The map in which a command has these keys and nobody else has them; what is as it came stands in no map. */
export function assignKeys(command: Command, keys: readonly string[], own: KeyMap): KeyMap {
  const next: KeyMap = { ...own, [command]: [...keys] };
  for (const other of listCommands()) {
    if (other === command) continue;
    const had = keysOf(other, own);
    const kept = had.filter((one) => !keys.some((key) => doClash(one, key)));
    if (kept.length < had.length) next[other] = kept;
  }
  for (const one of listCommands()) if (isAsItCame(one, next)) delete next[one];
  return next;
}

/** Whether a command has the keys that it came with. */
export function isAsItCame(command: Command, own: KeyMap): boolean {
  return keysOf(command, own).join('\n') === COMMANDS[command].join('\n');
}

/** The same, or the beginning of the other: `g` would be done before the `i` of `g i` could follow. */
function doClash(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

function listCommands(): Command[] {
  return Object.keys(COMMANDS) as Command[];
}
