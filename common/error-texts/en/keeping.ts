/** English sentences for looking after the mail store and its database. */
export const enKeeping = {
  'unavailable/no-store': {
    message: 'There is no mail store in {dir}.',
    action: 'Give --data with the directory that the server was started with.',
  },
  'unavailable/database-damaged': {
    message: 'The database {file} is damaged ({detail}).',
    action: 'Stop Valija, keep a copy of this file, and put it back from a backup: docs/backup.md.',
  },
  'unavailable/database-unreachable': {
    message: 'The database server at {place} does not let Valija in ({detail}).',
    action: 'Check host, user and password in VALIJA_DATABASE, and that the server is running.',
  },
  'unavailable/no-blob-rows': {
    message: 'In {dir} blobs.sqlite is missing, without which stored mail cannot be found.',
    action: 'Put it back from the backup. Nothing was changed.',
  },
  'unavailable/nothing-readable': {
    message:
      'Not one of the stored mails can be read: store.key is another one, or the folder with them is missing.',
    action: 'Put the right one back. Nothing was changed, so that nothing is lost.',
  },
  'unavailable/database-older': {
    message: 'This database is from an older Valija.',
    action: 'Start the server once with this version, then try again.',
  },
  'internal/store-damaged': {
    message: 'Something is wrong in the mail store: {count}.',
    action: 'Stop the server and mend it: valija store repair',
  },
  'internal/store-not-mended': {
    message: 'Not everything could be mended: {count}.',
    action: 'Only a backup helps with the rest.',
  },
  'unavailable/database-half-copied': {
    message: 'This database holds only a part of what is being copied into it.',
    action: 'Repeat valija migrate-database; it begins anew.',
  },
  'unavailable/database-moved': {
    message: 'The rows of this database were moved to {where}.',
    action:
      'Set VALIJA_DATABASE to where they are now. “Moving there and back” in docs/mariadb.md says how to return.',
  },
  'unavailable/store-mismatch': {
    message: 'This database does not belong to the mail in {dir}: it is a new one, or that of another store.',
    action:
      'Set VALIJA_DATABASE to the one that this mail was used with, or restore it from the backup. Nothing was deleted.',
  },
  'unavailable/no-data': {
    message: 'There is nothing of Valija in {dir}.',
    action: 'Give --data with the directory that the servers were started with.',
  },
  'usage/same-database': { message: '--from and --to are the same database.', action: null },
  'conflict/database-not-empty': {
    message: 'The database that --to names already holds data of the {part}.',
    action: 'Choose another prefix, or move the old SQLite file away. Nothing was changed.',
  },
  'conflict/copy-differs': {
    message: 'After copying, the table {table} of the {part} is not the same in both databases.',
    action: 'The old database is as it was. Look at the settings of the new one and repeat the command.',
  },
  'quota/mailbox-full': {
    message: 'Your room for mail is full: {used} MB of {limit} MB are used.',
    action:
      'Remove mail you no longer need for ever, or ask the administrator for more room. New mail waits at the provider.',
  },
} as const;
