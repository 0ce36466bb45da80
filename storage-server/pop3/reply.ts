import { MailError, type ErrorCode } from '../../common/errors.ts';
import { findRefusal } from './refusals.ts';

/** The first line of a response. `+` alone is a continuation of AUTH (RFC 5034 section 4). */
export interface Reply {
  kind: 'ok' | 'error' | 'continue';
  /** Response code in capitals (RFC 2449 section 8, RFC 3206), such as `IN-USE` or `SYS/TEMP`; extensions after a space are cut. */
  code: string | null;
  /** What follows status and response code. */
  text: string;
  /** The line as it came, control characters replaced, without CRLF. */
  line: string;
}

/** Null when the line is no POP3 reply. */
export function parseReply(bytes: Buffer): Reply | null {
  const line = showLine(bytes);
  const match = /^(\+OK|-ERR|\+)(?: (.*))?$/.exec(line);
  if (match === null) return null;
  const kind = match[1] === '+OK' ? 'ok' : match[1] === '-ERR' ? 'error' : 'continue';
  const rest = match[2] ?? '';
  const coded = kind === 'continue' ? null : /^\[([!-Z^-~]{1,64})(?: [^\]]{0,200})?\] ?(.*)$/.exec(rest);
  return { kind, code: coded?.[1]?.toUpperCase() ?? null, text: coded?.[2] ?? rest, line };
}

/** Server text made fit to be shown and logged. */
export function showLine(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replace(/\s+$/, '')
    .replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
}

/** Which kind of command was refused: a bare refusal of a login means the password, of anything else the server. */
export type Step = 'greeting' | 'login' | 'command';

/** RFC 2449 section 8, RFC 3206. */
const BY_CODE: Record<string, ErrorCode> = {
  'IN-USE': 'in-use',
  'LOGIN-DELAY': 'login-delay',
  'SYS/TEMP': 'server-error',
  'SYS/PERM': 'server-error',
  AUTH: 'auth-failed',
};

/** Codes are hierarchical: one that is not known means what the one above it means (RFC 2449 section 8). */
function findCode(code: string | null): { code: string; error: ErrorCode } | null {
  for (let at = code ?? ''; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const error = Object.hasOwn(BY_CODE, at) ? BY_CODE[at] : undefined;
    if (error !== undefined) return { code: at, error };
  }
  return null;
}

/** The error behind a `-ERR`; `delay` is what CAPA said of LOGIN-DELAY, in seconds. */
export function explainRefusal(reply: Reply, step: Step, delay: number | null = null): MailError {
  const known = findRefusal(reply.text);
  const found = findCode(reply.code);
  // SYS/PERM is also what Gmail says where only the user can help.
  const permanent = found?.code === 'SYS/PERM';
  const coded = permanent && known?.code === 'auth-failed' ? undefined : found?.error;
  const code = coded ?? known?.code ?? (step === 'login' ? 'auth-failed' : 'server-error');
  const shut = step === 'greeting' && code === 'server-error';
  const reason = known?.code === code ? known.reason : shut ? 'greeting' : null;
  return new MailError(code, `the server refused: ${reply.line}`, {
    serverLine: reply.line,
    ...(reason === null ? {} : { reason }),
    ...(code === 'login-delay' && delay !== null ? { retryAfter: delay } : {}),
    ...(permanent ? { temporary: false } : {}),
  });
}
