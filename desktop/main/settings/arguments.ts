/** Starts without a window, as after the computer's own sign-in. */
export const HIDDEN = '--hidden';

/** What the shell was started with. */
export interface Arguments {
  server: string | null;
  /** `--lab`: keep nothing on this computer. It can be asked for, never switched off against a policy. */
  lab: boolean;
  /** See HIDDEN. */
  hidden: boolean;
  links: string[];
}

/**
 * Reads `electron desktop/.dist/main.cjs [--server=URL] [--lab] [--hidden] [--] [mailto:… | valija://msg/ID]`.
 * Switches of Chromium may stand in between and are not ours. After `--` there are only links, so that a link
 * handed over by the system can never pass for an option.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const found: Arguments = { server: null, lab: false, hidden: false, links: [] };
  let onlyLinks = false;
  for (const word of argv) {
    if (/^(?:mailto|valija):/i.test(word)) found.links.push(word);
    else if (onlyLinks) continue;
    else if (word === '--') onlyLinks = true;
    else if (word === '--lab') found.lab = true;
    else if (word === HIDDEN) found.hidden = true;
    else if (word.startsWith('--server=')) found.server = word.slice('--server='.length);
  }
  return found;
}
