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
  'invalid/profile-file': { message: 'This is not a profile of Valija.', action: null },
  'invalid/sealed-file': { message: 'The sealed file is damaged.', action: null },
  'invalid/passphrase': { message: 'The passphrase does not fit.', action: 'Check the passphrase file.' },
  'not-found/no-history': { message: 'Nothing is known of that time.', action: 'Choose a later one.' },
  'protocol/export-damaged': {
    message: 'A mail arrived with other bytes than were sent.',
    action: 'Repeat the export.',
  },
  'dropped/file-changed': { message: '{file} changed while it was read.', action: 'Repeat the import.' },
  'usage/short-passphrase': {
    message: 'The passphrase in {file} is shorter than {n} characters.',
    action: null,
  },
} as const;
