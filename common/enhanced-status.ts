/** A reply of an SMTP server (RFC 5321 4.2), several lines joined. */
export interface SmtpReply {
  /** 200 to 599. */
  code: number;
  /** RFC 3463, such as `5.1.1`; null when the server gives none that fits its code. */
  enhanced: string | null;
  /** The text without codes, on one line. */
  text: string;
}

const LINE = /^(\d{3})(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})(?:\s+|$))?(.*))?$/;

/** Reads a whole reply, also of several lines; null when it is none. */
export function parseReply(raw: string): SmtpReply | null {
  const lines = raw.split(/\r?\n/).filter((line) => line !== '');
  const parsed = lines.map((line) => LINE.exec(line));
  const last = parsed.at(-1);
  if (last === null || last === undefined) return null;
  const code = Number(last[1]);
  if (code < 200 || code > 599) return null;
  // A status of another class than the code contradicts it (RFC 2034 4): the code is believed.
  const statuses = parsed.map((match) => match?.[2]).filter((status) => status !== undefined);
  const enhanced = statuses.find((status) => status.startsWith(String(code)[0] ?? '')) ?? null;
  const text = parsed.map((match, index) => (match ? (match[3] ?? '') : (lines[index] ?? ''))).join(' ');
  return { code, enhanced, text: text.replace(/\s+/g, ' ').trim() };
}

/** The status that says no more than the class of the code does (RFC 3463 2). */
export function defaultEnhanced(code: number): string {
  return `${Math.floor(code / 100)}.0.0`;
}

/** `5.1.1` turned into `4.1.1`: what is tried again is not permanent, whatever it was called. */
export function withClass(enhanced: string, digit: 2 | 4 | 5): string {
  return `${digit}${enhanced.slice(1)}`;
}
