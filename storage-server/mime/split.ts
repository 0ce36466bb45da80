/** A longer header goes on in the body, so that a split never needs more than the message's begin. */
export const SPLIT_WITHIN = 1024 * 1024;

const LF = 10;
const CR = 13;

/** Field name and colon at the begin of a line (RFC 5322 2.2), or the `From ` line of an mbox. */
const FIELD_START = /^(?:>?From |[!-9;-~]{1,998}[ \t]*:)/;

/**
 * Where the body begins: behind the first empty line, whatever ends the lines. 0 when the message does not begin with
 * a header at all. `header + body` is always the message, byte by byte. `begin` holds at least its first SPLIT_WITHIN
 * bytes, or all of it.
 */
export function findBody(begin: Buffer): number {
  const message = begin.subarray(0, SPLIT_WITHIN);
  if (message[0] === LF) return 1;
  if (message[0] === CR && message[1] === LF) return 2;
  if (!FIELD_START.test(message.toString('latin1', 0, 1100))) return 0;
  let at = message.indexOf(LF);
  while (at !== -1) {
    const next = message[at + 1];
    if (next === LF) return at + 2;
    if (next === CR && message[at + 2] === LF) return at + 3;
    at = message.indexOf(LF, at + 1);
  }
  if (message.length < SPLIT_WITHIN) return message.length;
  // A header without end: whole lines of its begin count as the header, so that sender and subject are known.
  return message.lastIndexOf(LF) + 1;
}
