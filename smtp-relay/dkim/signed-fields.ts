/** Named once more than they stand there: none of them can be added without breaking the signature (RFC 6376 8.15). */
const OVERSIGNED = ['from', 'reply-to', 'subject', 'to', 'cc', 'date', 'message-id'];
/** The same, where they stand: a list or gateway may have reason to add one that is missing. */
const OVERSIGNED_IF_THERE = [
  'sender',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'in-reply-to',
  'references',
];
/** As often as they stand there. RFC 8058 wants the ones of lists signed. */
const SIGNED_IF_THERE = [
  'content-disposition',
  'content-id',
  'content-description',
  'autocrypt',
  'list-id',
  'list-help',
  'list-owner',
  'list-post',
  'list-subscribe',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'resent-from',
  'resent-to',
  'resent-cc',
  'resent-date',
  'resent-message-id',
];

/** What `h=` names, for a message with these fields (in lower case, as often as they stand there). */
export function chooseSignedFields(names: readonly string[]): string[] {
  const times = (name: string): number => names.filter((known) => known === name).length;
  const repeat = (name: string, count: number): string[] => Array.from({ length: count }, () => name);
  return [
    ...OVERSIGNED.flatMap((name) => repeat(name, times(name) + 1)),
    ...OVERSIGNED_IF_THERE.flatMap((name) => (times(name) > 0 ? repeat(name, times(name) + 1) : [])),
    ...SIGNED_IF_THERE.flatMap((name) => repeat(name, times(name))),
  ];
}
