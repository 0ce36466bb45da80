/** Every code that the outer contract knows. Codes are never translated. */
export const ERROR_CODES = [
  'usage',
  'invalid',
  'not-signed-in',
  'sign-in-failed',
  'too-many-tries',
  'name-taken',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'quota',
  'host-not-allowed',
  'dns',
  'connect-refused',
  'timeout',
  'tls',
  'auth-failed',
  'needs-sign-in',
  'in-use',
  'login-delay',
  'too-soon',
  'protocol',
  'dropped',
  'server-error',
  'disk-full',
  'route-refused',
  'recipient-refused',
  'unavailable',
  'not-yet',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Values put into the sentence of an error. Never a secret, never a body. */
export type ErrorParams = Record<string, string | number>;

export interface MailErrorOptions {
  /** Picks a more exact sentence of the same code from common/error-texts, such as `tls` + `certificate-expired`. */
  reason?: string;
  params?: ErrorParams;
  /** The input field that is wrong, as the form or the flag names it. */
  field?: string;
  /** The other server's own line, as it came, cut to 500 characters. */
  serverLine?: string;
  /** Seconds until trying again makes sense. */
  retryAfter?: number;
  /** True when the same call may succeed later without a change. */
  temporary?: boolean;
  /** SMTP enhanced status (RFC 3463), where one is known. */
  status?: string;
  /** What a conflict is about: the value as it stands now. */
  current?: unknown;
  cause?: unknown;
}

const TEMPORARY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'too-many-tries',
  'dns',
  'connect-refused',
  'timeout',
  'in-use',
  'login-delay',
  'too-soon',
  'protocol',
  'dropped',
  'server-error',
  'disk-full',
  'unavailable',
  'internal',
]);

/** The one error of the system: thrown where the cause is known, mapped once at each edge (tRPC, HTTP, SMTP, command line). */
export class MailError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | null;
  readonly params: ErrorParams;
  readonly field: string | null;
  readonly serverLine: string | null;
  readonly retryAfter: number | null;
  readonly temporary: boolean;
  readonly status: string | null;
  readonly current: unknown;

  constructor(code: ErrorCode, message: string, options: MailErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MailError';
    this.code = code;
    this.reason = options.reason ?? null;
    this.params = options.params ?? {};
    this.field = options.field ?? null;
    this.serverLine = options.serverLine?.slice(0, 500) ?? null;
    this.retryAfter = options.retryAfter ?? null;
    this.temporary = options.temporary ?? TEMPORARY.has(code);
    this.status = options.status ?? null;
    this.current = options.current;
  }
}

/** What crosses a wire of ours instead of a MailError: no cause, no stack, no English sentence for people. */
export interface WireError {
  code: ErrorCode;
  reason: string | null;
  params: ErrorParams;
  field: string | null;
  serverLine: string | null;
  retryAfter: number | null;
  current?: unknown;
}

/** Leaves out cause, stack and the English message. */
export function toWireError(error: MailError): WireError {
  const { code, reason, params, field, serverLine, retryAfter, current } = error;
  const wire: WireError = { code, reason, params, field, serverLine, retryAfter };
  return current === undefined ? wire : { ...wire, current };
}

/** The MailError that a peer sent: from the `data.valija` of a tRPC error or the `error` of an HTTP body; null when it is neither. */
export function fromWireError(value: unknown): MailError | null {
  if (typeof value !== 'object' || value === null || !('code' in value)) return null;
  const wire = value as Partial<WireError>;
  if (!ERROR_CODES.includes(wire.code as ErrorCode)) return null;
  return new MailError(wire.code as ErrorCode, `${wire.code}${wire.reason ? ` (${wire.reason})` : ''}`, {
    ...(wire.reason ? { reason: wire.reason } : {}),
    ...(wire.params ? { params: wire.params } : {}),
    ...(wire.field ? { field: wire.field } : {}),
    ...(wire.serverLine ? { serverLine: wire.serverLine } : {}),
    ...(wire.retryAfter === null || wire.retryAfter === undefined ? {} : { retryAfter: wire.retryAfter }),
    ...('current' in wire ? { current: wire.current } : {}),
  });
}
