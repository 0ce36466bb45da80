/** Of a longer header only so much is looked at. */
export const HEADER_BYTES = 64 * 1024;

const SENDER =
  /^From:.{0,200}?(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|mail(?:er)? delivery|mail administrator|mailmaster|delivery (?:sub)?system|undeliverable)/im;
const REPORT = /^Content-Type:\s*multipart\/report\b/im;
const FAILED = /^X-Failed-Recipients:/im;

/**
 * Whether a mail may be a delivery status notification, by its header alone: every mail that arrives is asked. A person's
 * absence notice is none, whatever it quotes, nor is a read receipt or a complaint.
 */
export function isReport(header: Buffer): boolean {
  const text = header.toString('latin1', 0, HEADER_BYTES);
  if (REPORT.test(text)) {
    const type = /report-type\s*=\s*"?([\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? 'delivery-status';
    return type === 'delivery-status';
  }
  return SENDER.test(text) || FAILED.test(text);
}
