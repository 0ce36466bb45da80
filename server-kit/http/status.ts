import type { ErrorCode } from '../../common/errors.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  invalid: 400,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'name-taken': 409,
  'too-large': 413,
  quota: 413,
  'too-many-tries': 429,
  'too-soon': 429,
  internal: 500,
  'not-yet': 501,
  unavailable: 503,
  timeout: 504,
  'disk-full': 507,
};

/** HTTP status for a code of the contract; 422 for what went wrong with somebody else's server. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 422;
}
