/** English words for the passwords of other programs. */
export const enAppPassword = {
  appPasswordAdded: 'App password for “{name}” ({id})',
  appPasswordOnce: 'It is shown this once. Enter it in the program, with or without the hyphens.',
  appPasswordRemoved: 'Removed: {id}',
  noAppPasswords: 'No app passwords.',
  submission: 'Outgoing server (SMTP)',
  made: 'Made',
  lastUsed: 'Last used',
  lastAddress: 'From',
  program: 'Program',
} as const;
