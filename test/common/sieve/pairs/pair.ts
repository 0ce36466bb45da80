/** A script and a mail; what is to be done with it, in the words of `describeActions`. */
export interface Pair {
  name: string;
  script: string;
  /** Lines end with `\n` here and with CRLF in the mail; a Buffer is taken as it is. */
  mail: string | Buffer;
  from?: string;
  to?: string;
  does: string;
}

export const KEPT = 'implicit INBOX';
export const DROPPED = 'discard';

/** A test on its own: the mail is discarded where it holds. */
export function when(test: string, mail: string | Buffer, holds: boolean, required: string[] = []): Pair {
  const names = required.map((name) => `"${name}"`).join(', ');
  const require = required.length > 0 ? `require [${names}];\n` : '';
  return {
    name: `${test.slice(0, 100)} ${holds ? 'holds' : 'does not hold'}`,
    script: `${require}if ${test} { discard; }\n`,
    mail,
    does: holds ? DROPPED : KEPT,
  };
}

export function run(script: string, mail: string | Buffer, does: string): Pair {
  return { name: script.replace(/\s+/g, ' ').slice(0, 100), script, mail, does };
}

/** Bytes by their numbers, for what is not UTF-8. */
export function bytes(text: string): Buffer {
  return Buffer.from(text.replace(/\n/g, '\r\n'), 'latin1');
}
