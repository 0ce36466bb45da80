/** English sentences for what waits to be sent, for reminders, and for what other hosts report later. */
export const enSending = {
  'conflict/send-cancelled': { message: 'This mail was taken back already.', action: 'It is in Drafts.' },
  'invalid/time-past': {
    message: 'The time {at} is over.',
    action: 'Name a later one. Without a zone it is that of this machine.',
  },
  'not-found/reminder': { message: 'There is no reminder for this mail (any more).', action: null },
  'not-found/snooze': { message: 'This mail is not snoozed (any more).', action: null },
  'forbidden/snooze-role': {
    message: 'Drafts, sent mail, Junk and Trash cannot be snoozed.',
    action: 'Of a sent mail you can be reminded.',
  },
  'route-refused/sender-gone': {
    message: 'The address this mail was to be sent from is no longer one of yours.',
    action: 'Add it again, or send the mail from another address. It is kept in Sent.',
  },
  'recipient-refused/never-reached': {
    message: 'The recipient’s server could not be reached for days. It is not tried any more.',
    action: 'Try again later, or ask the recipient another way.',
  },
  'too-many-tries/own-limit': {
    message: 'You have sent to as many recipients as you may in an hour.',
    action: 'Nothing has to be sent again: it leaves as soon as you may. The administrator can allow more.',
  },
  'recipient-refused/own-limit': {
    message: 'You may not send one mail to so many recipients.',
    action: 'Send it to the others in a mail of its own, or ask the administrator.',
  },
  'disk-full/relay': {
    message: 'The disk of Valija’s relay is full.',
    action: 'The mail leaves by itself when there is room. Tell the administrator.',
  },
  'connect-refused/mx': {
    message: 'The recipient’s server takes no connections.',
    action: 'Perhaps it is switched off for a while. Check that the address is right.',
  },
  'recipient-refused/reported': {
    message: 'Another server took the mail and reported later that it could not deliver it.',
    action: 'Its notice lies beside the mail in Sent.',
  },
  'server-error/reported-delay': {
    message: 'Another server took the mail and reports that it takes longer.',
    action: 'It goes on trying. Nothing has to be sent again.',
  },
  'not-found/not-at-home': {
    message: 'Mail of this user is kept by another server.',
    action: 'Sign in again: the address of the right server comes with it.',
  },
} as const;
