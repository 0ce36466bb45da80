import type { MailError } from '../common/errors.ts';
import type { Language } from '../common/shapes/profile.ts';
import { describeHere } from './describe-here.ts';

/** The `error` of the contract, in the user's language. */
export function makeErrorValue(error: MailError, language: Language): Record<string, unknown> {
  const { message, action } = describeHere(error, language);
  const { code, field, serverLine, retryAfter } = error;
  return { code, message, action, field, serverLine, retryAfter };
}

/** What goes to stderr for a failure: one JSON line, or a sentence with what to do. */
export function formatError(error: MailError, language: Language, json: boolean): string {
  if (json) return JSON.stringify({ error: makeErrorValue(error, language) });
  const { message, action } = describeHere(error, language);
  const lines = [`valija: ${message} (${error.code})`];
  if (error.serverLine !== null) lines.push(`  > ${cleanText(error.serverLine)}`);
  if (action !== null) lines.push(`  ${action}`);
  return lines.join('\n');
}

/** Text of strangers for a terminal: control characters could move the cursor or set the title. */
export function cleanText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
