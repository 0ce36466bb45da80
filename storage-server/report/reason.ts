/** Statuses (RFC 3463) whose meaning people can be told, as keys of common/error-texts, by subject and detail. */
const REASONS: Record<string, string> = {
  '1.1': 'recipient-refused/unknown-user',
  '1.10': 'recipient-refused/unknown-user',
  '1.2': 'recipient-refused/no-such-domain',
  '1.3': 'recipient-refused/bad-address',
  '1.6': 'recipient-refused/moved',
  '2.1': 'recipient-refused/disabled',
  '2.2': 'recipient-refused/mailbox-full',
  '2.3': 'too-large/for-recipient',
  '3.4': 'too-large/for-recipient',
  '4.4': 'recipient-refused/no-such-domain',
  '4.6': 'recipient-refused/loop',
  '4.7': 'recipient-refused/never-reached',
  '7.1': 'recipient-refused/restricted',
};
const FAILED = 'recipient-refused/reported';
const DELAYED = 'server-error/reported-delay';

/** Why another host says that it failed, or that it takes longer, as a key of common/error-texts. */
export function chooseReason(failed: boolean, enhanced: string | null): string {
  if (!failed) return DELAYED;
  const detail = /^[45]\.(\d+\.\d+)$/.exec(enhanced ?? '')?.[1] ?? '';
  return REASONS[detail] ?? FAILED;
}
