import { MailError } from '../../../common/errors.ts';

/** What a server says of a token that it refuses (RFC 7628 section 3.2.2; XOAUTH2 does the same). */
export interface BearerProblem {
  status: string | null;
  scope: string | null;
}

const WORD = /^[a-z\d_-]{1,30}$/i;

/** Null when the challenge is not the JSON of a refusal. */
export function readBearerProblem(challenge: string): BearerProblem | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(challenge, 'base64').toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const read = (name: string): string | null => {
      const one: unknown = (value as Record<string, unknown>)[name];
      // A word or a number; whatever else is said might be the token itself.
      return (typeof one === 'string' || typeof one === 'number') && WORD.test(String(one))
        ? String(one)
        : null;
    };
    return { status: read('status'), scope: read('scope') };
  } catch {
    return null;
  }
}

/**
 * A refused token means that the user has to sign in with the provider again: the profile-server gives tokens out fresh.
 * What the server told of itself, or knows better (POP switched off), stays as it is.
 */
export function explainBearerRefusal(refused: MailError, problem: BearerProblem | null): MailError | null {
  if (refused.code !== 'auth-failed' || refused.reason !== null) return null;
  return new MailError('needs-sign-in', `the token was refused: ${refused.serverLine}`, {
    reason: 'oauth-refused',
    params: { status: problem?.status ?? '' },
    temporary: false,
    ...(refused.serverLine === null ? {} : { serverLine: refused.serverLine }),
  });
}
