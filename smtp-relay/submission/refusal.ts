import { MailError } from '../../common/errors.ts';

/** A refusal as smtp-server wants it: code and text, the enhanced status (RFC 3463) in front of the text. */
export class SubmissionRefusal extends Error {
  readonly responseCode: number;

  constructor(code: number, enhanced: string, text: string) {
    super(`${enhanced} ${text}`);
    this.name = 'SubmissionRefusal';
    this.responseCode = code;
  }
}

/** What the submitter hears of any error: temporary unless it is known not to be. The cause is for the log only. */
export function toRefusal(error: unknown): SubmissionRefusal {
  if (error instanceof SubmissionRefusal) return error;
  if (error instanceof MailError) {
    switch (error.code) {
      case 'disk-full':
        return new SubmissionRefusal(452, '4.3.1', 'disk full, try again later');
      case 'unavailable':
        return new SubmissionRefusal(451, '4.3.2', 'part of the system is unavailable, try again later');
      case 'not-found':
      case 'forbidden':
        return new SubmissionRefusal(550, '5.7.1', 'you may not send as this user');
      default:
    }
  }
  return new SubmissionRefusal(451, '4.3.0', 'local error, try again later');
}
