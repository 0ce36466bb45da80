/**
 * Send keys of mails that a user's rule passes on: their From is somebody else's, and who answers for them is the envelope
 * sender. Only a storage-server makes send keys; whoever lets others name one (ENVID, RFC 3461 4.4) must refuse this prefix.
 */
export const RESENT_PREFIX = 'fwd';

/** Whether a rule passed the mail on. */
export function isResent(sendKey: string): boolean {
  return sendKey.startsWith(`${RESENT_PREFIX}_`);
}
