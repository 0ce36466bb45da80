/** English sentences for what takes mail and profiles in and out. */
export const enTransfer = {
  'too-large/import-message': { message: 'This message is larger than {limit}.', action: null },
  'not-found/import-deleted': {
    message: 'It was deleted in the program that it comes from.',
    action: null,
  },
  'invalid/import-unknown': {
    message: 'This is neither a mail nor an mbox.',
    action: 'Import an mbox, a Maildir, .eml files, a folder of them, or an archive of Valija.',
  },
  'invalid/import-link': {
    message: 'This is only a link to another file.',
    action: 'Make the archive without links: tar --hard-dereference --dereference',
  },
  'invalid/import-empty': { message: 'The file is empty.', action: null },
  'invalid/import-zip': {
    message: 'ZIP files cannot be imported.',
    action: 'Unpack it and import the folder.',
  },
  'invalid/archive-cut': {
    message: 'The archive ends too early.',
    action: 'What came before is here. Get the archive again and repeat the import: nothing comes twice.',
  },
  'invalid/archive-damaged': { message: 'This part of the archive is damaged.', action: null },
  'invalid/archive-version': {
    message: 'The archive comes from a newer Valija.',
    action: 'Update this one first.',
  },
  'invalid/profile-file': {
    message: 'This is not a profile of Valija.',
    action: 'Use a file that valija profile export wrote.',
  },
  'invalid/sealed-file': { message: 'The sealed file is damaged.', action: 'Use another copy of it.' },
  'invalid/passphrase': { message: 'The passphrase does not fit.', action: 'Check the passphrase file.' },
  'not-found/no-history': { message: 'Nothing is known of that time.', action: 'Choose a later one.' },
  'protocol/export-damaged': {
    message: 'A mail arrived with other bytes than were sent.',
    action: 'Repeat the export.',
  },
  'dropped/file-changed': { message: '{file} changed while it was read.', action: 'Repeat the import.' },
  'usage/short-passphrase': {
    message: 'The passphrase in {file} is shorter than {n} characters.',
    action: 'Write a longer one in its first line.',
  },
  'internal/backup-damaged': {
    message: 'The backup is damaged.',
    action: 'Make a new one, in another folder.',
  },
  'not-found/no-repository': { message: '{dir} is no backup.', action: 'Check the folder.' },
  'conflict/not-repository': {
    message: '{dir} is not empty and no backup.',
    action: 'Choose another folder.',
  },
  'invalid/passphrase-useless': {
    message: 'This backup was begun without a passphrase: whoever has it can read it.',
    action: 'Leave out --passphrase-file, or begin a new backup in another folder.',
  },
  'invalid/passphrase-needed': { message: 'This backup has a passphrase.', action: 'Add --passphrase-file.' },
  'in-use/backup': {
    message: 'Another backup is being written there.',
    action: 'Try again when it is done.',
  },
  'not-found/restore-user': { message: 'There is no user {name}.', action: 'Register the user first.' },
  'not-found/no-snapshot': {
    message: 'The backup holds nothing of {name} from then.',
    action: 'Add --list to see what it holds.',
  },
  'unavailable/restore-needs-server': {
    message: 'The {part} of {dir} does not run.',
    action: 'Start it: mail is brought back into running servers.',
  },
  'unavailable/no-profile': {
    message: '{dir} holds no profiles.',
    action: 'Run this where the profile-server’s data is.',
  },
} as const;
