/** English words for the passwords of other programs, and for what users may send. */
export const enAppPassword = {
  appPasswordAdded: 'App password for “{name}” ({id})',
  appPasswordOnce: 'It is shown this once. Enter it in the program, with or without the hyphens.',
  appPasswordRemoved: 'Removed: {id}',
  noAppPasswords: 'No app passwords.',
  submission: 'Outgoing server (SMTP)',
  made: 'Made',
  lastUsed: 'Last used',
  lastAddress: 'From',
  limitRemoved: 'As for everybody: {id}',
  sendUnlimited: 'no limit',
  sendPerHour: '{n|recipient|recipients} an hour',
  sendRecipients: '{n|recipient|recipients} in a mail',
  sendSize: 'mails up to {size}',
  program: 'Program',
} as const;
