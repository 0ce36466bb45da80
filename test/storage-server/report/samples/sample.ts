/** A notification that a real program wrote, cut to what matters, and what is to be read out of it. */
export interface Sample {
  name: string;
  /** Where it is published: repository and path. */
  source: string;
  message: string;
  /** Null: nothing is reported of anybody. */
  expected: null | {
    /** One of the ids that it names; null: it names none, so that it stays in the Inbox. */
    messageId: string | null;
    envelopeId?: string;
    /** Among those read: address, action, enhanced status, code. */
    recipients: [string, string, string | null, number | null][];
  };
}

export const SISIMAI = 'sisimai/set-of-emails: ';
export const MAILMAN = 'mailman tests/bounces/';
export const FLANKER = 'mailgun/flanker tests/fixtures/messages/';
export const HANDLER = 'cfortune/PHP-Bounce-Handler eml/';

/** multipart/report as RFC 6522 has it. */
export function makeReport(parts: {
  header: string;
  notice: string;
  status: string;
  returned: string;
  noticeType?: string;
  statusType?: string;
}): string {
  const { header, notice, status, returned } = parts;
  return `${header}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="=_b/1"

This is a MIME-encapsulated message.

--=_b/1
Content-Type: ${parts.noticeType ?? 'text/plain; charset=us-ascii'}

${notice}

--=_b/1
Content-Type: ${parts.statusType ?? 'message/delivery-status'}

${status}

--=_b/1
Content-Type: message/rfc822

${returned}

--=_b/1--
`;
}
