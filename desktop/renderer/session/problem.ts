import { TRPCClientError } from '@trpc/client';
import { MailError, fromWireError, type WireError, toWireError } from '../../../common/errors.ts';

/** What went wrong, as screens need it: a code of the contract, or `offline` when no answer came at all. */
export type Problem = Omit<WireError, 'code'> & { code: WireError['code'] | 'offline' };

/** A problem of which only the code is known. */
export const NOTHING = { reason: null, params: {}, field: null, serverLine: null, retryAfter: null };

/** Any thrown value as a Problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof MailError) return toWireError(error);
  if (error instanceof TRPCClientError) {
    const wire = fromWireError((error.data as { valija?: unknown } | undefined)?.valija);
    if (wire !== null) return toWireError(wire);
    const inner: unknown = error.cause;
    if (inner instanceof MailError) return toWireError(inner);
    if (inner instanceof TypeError || isAborted(inner)) return { code: 'offline', ...NOTHING };
    return { code: error.data === undefined ? 'unavailable' : 'internal', ...NOTHING };
  }
  if (error instanceof TypeError || isAborted(error)) return { code: 'offline', ...NOTHING };
  return { code: 'internal', ...NOTHING };
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** Throws the MailError that an HTTP answer of ours carries; `unavailable` when it is not one of ours. */
export async function demandOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => null);
  const wire = fromWireError((body as { error?: unknown } | null)?.error);
  throw wire ?? new MailError('unavailable', `the server answered ${response.status}`);
}
