/** English sentences for what we write and send. */
export const enMail = {
  'route-refused': {
    message: 'This address cannot be sent from on this way.',
    action: 'Choose another sender address, or send through that account’s own server.',
  },
  'route-refused/not-your-address': {
    message: '{from} is not one of your addresses.',
    action: 'Add it as an account first.',
  },
  'recipient-refused': { message: 'A recipient was refused.', action: 'Check the address.' },
  'conflict/draft': {
    message: 'The draft was changed elsewhere in the meantime.',
    action: 'Look at it as it is now.',
  },
  'conflict/draft-sent': {
    message: 'This mail is already on its way.',
    action: 'Undo the sending to change it.',
  },
  'not-found/draft': { message: 'This draft does not exist any more.', action: null },
  'invalid/identity-gone': {
    message: 'The sender address of this draft was removed.',
    action: 'Choose another one.',
  },
  'invalid/no-identity': {
    message: 'You have no address to send from yet.',
    action: 'Add an account first.',
  },
  'invalid/no-recipients': { message: 'The mail has no recipient.', action: 'Add at least one.' },
  'invalid/recipient-address': {
    message: '{address} is not a mail address.',
    action: 'Check how it is spelt.',
  },
  'too-large/attachments': {
    message: 'The attachments are larger than {limit} together.',
    action: 'Leave some out.',
  },
  'too-large/draft-body': { message: 'The text is too long for a mail.', action: 'Attach it as a file.' },
  'recipient-refused/no-8bitmime': {
    message: 'The recipient’s server does not take the signs in this mail, and the mail cannot be rewritten.',
    action: null,
  },
  'recipient-refused/no-smtputf8': {
    message: 'The recipient’s server does not take addresses with letters beyond ASCII.',
    action: null,
  },
  'recipient-refused/no-such-domain': {
    message: 'The domain of this address does not exist.',
    action: 'Check how the address is spelt.',
  },
  'recipient-refused/null-mx': {
    message: 'The domain of this address takes no mail.',
    action: 'Check the address.',
  },
  'recipient-refused/mail-loop': {
    message: 'Mail for this domain would come back to Valija’s own relay.',
    action: 'The administrator has to check the domain’s MX records.',
  },
  'route-refused/no-smarthost': {
    message: 'The account no longer has a server to send through.',
    action: 'Send the mail again.',
  },
  'route-refused/smarthost-missing': {
    message: 'The account has no server to send through.',
    action: 'Add one to the account, or choose Valija’s relay.',
  },
  'forbidden/role-mailbox': { message: 'This mailbox belongs to Valija and stays.', action: null },
  'forbidden/link-expired': { message: 'This link has expired.', action: 'Open the mail again.' },
  'forbidden/link-forged': { message: 'This link is not right.', action: 'Open the mail again.' },
  'conflict/already-sent': {
    message: 'This mail is on its way already.',
    action: 'It cannot be taken back any more.',
  },
  'conflict/draft-changed': {
    message: 'The draft changed while it was being sent.',
    action: 'Look at it and send it again.',
  },
  'conflict/upload-offset': { message: 'The upload stands at another place.', action: 'Try again.' },
  'not-found/attachment': { message: 'The draft has no such attachment.', action: null },
  'not-found/send': { message: 'This mail was not sent from here.', action: null },
  'invalid/raw-header': { message: 'This is no mail: it does not begin with a header.', action: null },
  'invalid/raw-from': { message: 'The mail has no From line.', action: 'Add one with an address of yours.' },
  'invalid/raw-header-long': {
    message: 'The header of the mail is too long to be read safely.',
    action: 'Name fewer recipients, or leave header fields out.',
  },
  'invalid/raw-nul': {
    message: 'The mail holds NUL bytes, which no mail may.',
    action: 'Encode it as base64.',
  },
  'invalid/raw-long-line': {
    message: 'The mail has a line longer than 998 bytes, which no mail may have.',
    action: 'Encode the text as quoted-printable or base64.',
  },
  'invalid/file-unreadable': {
    message: 'The file cannot be read any more: it was changed, moved or removed.',
    action: 'Attach it again.',
  },
  'quota/uploads': {
    message: 'Too many uploads of yours are unfinished.',
    action: 'Finish them, or try again tomorrow.',
  },
  'too-large/recipients': {
    message: 'A mail can have {limit} recipients at most.',
    action: 'Send it in several parts.',
  },
  'too-large/message': { message: 'The mail is larger than {limit}.', action: 'Leave something out.' },
  'not-found/operation': {
    message: 'This can no longer be undone.',
    action: null,
  },
  'not-found/label': { message: 'There is no such label.', action: null },
  'not-found/mail': { message: 'This mail does not exist (any more).', action: null },
  'not-found/mailbox': { message: 'There is no such mailbox.', action: null },
  'not-found/part': { message: 'This mail has no such part.', action: null },
  'not-found/account': {
    message: 'This account does not exist, or the mail did not come through it.',
    action: null,
  },
  'not-found/blob': {
    message: 'Stored bytes of this mail are missing.',
    action: 'Tell the administrator: a backup may have them.',
  },
  'forbidden/remove-from-trash': {
    message: 'Only what is in Trash, Junk or Drafts can be removed for ever.',
    action: 'Move it to Trash first.',
  },
  'unavailable/store-key': {
    message: 'The key of the mail store is damaged.',
    action: 'Put store.key of the data directory back from a backup.',
  },
  'unavailable/store-key-missing': {
    message: 'The key of the stored mail is missing: {path}.',
    action: 'Put it back from a backup: without it no stored mail can be read. Nothing was changed.',
  },
  'unavailable/blob-store': { message: 'The mail store stopped for a moment.', action: 'Try again.' },
} as const;
