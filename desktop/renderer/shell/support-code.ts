import type { Problem } from '../session/problem.ts';

/** What the person can do something about alone: nobody has to be asked. */
const OWN: ReadonlySet<Problem['code']> = new Set([
  'usage',
  'invalid',
  'not-signed-in',
  'sign-in-failed',
  'too-many-tries',
  'name-taken',
  'conflict',
  'too-large',
  'quota',
  'too-soon',
  'login-delay',
  'not-yet',
  'offline',
]);

/** What support is told of a problem, such as `tls · certificate-expired`; null where nobody needs it. */
export function codeForSupport({ code, reason }: Pick<Problem, 'code' | 'reason'>): string | null {
  if (OWN.has(code)) return null;
  return reason === null ? code : `${code} · ${reason}`;
}
