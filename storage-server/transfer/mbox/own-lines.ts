import { z } from 'zod';
import { FLAGS, type Flag } from '../../../common/shapes/mail.ts';

/** What our own mbox says of a mail before its bytes, so that it comes back as it was. */
const ownState = z.object({
  /** Lines that are not the message's, this one with them. */
  lines: z.number().int().min(1).max(10),
  /** Bytes of the message before quoting. */
  size: z.number().int().min(0),
  mailbox: z.string(),
  role: z.string().nullable(),
  flags: z.array(z.enum(FLAGS)),
  labels: z.array(z.string()),
  received: z.string().datetime(),
});
export type OwnState = z.infer<typeof ownState>;

const BEGIN = 'X-Valija: ';

/** Header lines for mail programs (Status as mutt and Dovecot read it) and for ourselves. */
export function makeOwnLines(state: Omit<OwnState, 'lines'>): string {
  const { flags, labels } = state;
  const has = (flag: Flag, letter: string): string => (flags.includes(flag) ? letter : '');
  const xStatus = `${has('answered', 'A')}${has('flagged', 'F')}${has('draft', 'T')}`;
  const words = labels.filter((label) => /^[\x21-\x7e]+$/.test(label) && !label.includes(','));
  const lines = [
    `Status: ${has('seen', 'R')}O`,
    ...(xStatus === '' ? [] : [`X-Status: ${xStatus}`]),
    ...(words.length === 0 ? [] : [`X-Keywords: ${words.join(' ')}`]),
  ];
  return [`${BEGIN}${toAscii({ lines: lines.length + 1, ...state })}`, ...lines, ''].join('\n');
}

/** JSON on one line, in ASCII: other programs look at headers. */
function toAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isOwn(bytes: Buffer, at: number): boolean {
  return /^(?:X-)?(?:Status|Keywords):/.test(bytes.toString('latin1', at, at + 12));
}

/** The state and where the message begins; null where another program wrote the mbox. */
export function readOwnLines(begin: Buffer): { state: OwnState; length: number } | null {
  if (begin.toString('latin1', 0, BEGIN.length) !== BEGIN) return null;
  const newline = begin.indexOf(10);
  try {
    const state = ownState.parse(JSON.parse(begin.toString('latin1', BEGIN.length, newline)));
    let length = newline + 1;
    // Mail programs that open the file move some of them to the end of the header.
    for (let line = 1; line < state.lines && isOwn(begin, length); line += 1) {
      const end = begin.indexOf(10, length);
      if (end === -1) return null;
      length = end + 1;
    }
    return { state, length };
  } catch {
    return null;
  }
}
