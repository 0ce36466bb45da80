/** English sentences for commands and settings that are not as they should be. */
export const enUsage = {
  usage: { message: 'This is not how the command is used.', action: 'Add --help to see how.' },
  'usage/unknown-command': {
    message: 'There is no command “{command}”.',
    action: 'valija --help lists them.',
  },
  'usage/unknown-option': {
    message: '{option} is not an option here.',
    action: 'Add --help to see the options.',
  },
  'usage/option-needs-value': { message: '{option} needs a value.', action: null },
  'usage/option-takes-no-value': { message: '{option} takes no value.', action: null },
  'usage/missing-option': { message: '{option} is missing.', action: null },
  'usage/option-once': { message: '{option} can be given only once here.', action: null },
  'usage/missing-argument': { message: '{argument} is missing.', action: null },
  'usage/too-many-arguments': { message: '“{argument}” is one word too many.', action: null },
  'usage/bad-value': { message: '{option} cannot be “{value}”.', action: 'Allowed: {allowed}.' },
  'invalid/file-unusable': {
    message: '{file} cannot be used: {detail}.',
    action: 'Name another one, or change who may use it.',
  },
  'usage/bad-time': { message: '{option} cannot be “{value}”.', action: 'Write a time like {example}.' },
  'usage/no-cards': {
    message: 'The file {file} holds no vCards.',
    action: 'Export the address book of the other program as vCard (.vcf).',
  },
  'usage/not-together': { message: '{option} and {other} do not go together.', action: null },
  'usage/no-terminal': {
    message: 'Name and password are needed, and there is no terminal to ask on.',
    action: 'Set VALIJA_USER and VALIJA_PASSWORD, or sign in once with: valija login',
  },
  'usage/setting': { message: '{setting} is not right.', action: 'Expected: {expected}.' },
  'usage/setting-alone': {
    message: '{setting} is set, but {missing} is not.',
    action: 'One needs the other: .env.example says what they are for.',
  },
  'usage/setting-beside': { message: 'Only one of {setting} and {other} can be set.', action: null },
  'usage/setting-pair': {
    message: '{setting} and {other} do not belong together.',
    action: 'Both are PEM files, and the key is the one that the certificate was made for.',
  },
  'usage/setting-key': {
    message: '{setting} is not right.',
    action: 'It holds the key: 32 bytes in base64, such as “openssl rand -base64 32” prints.',
  },
  'usage/setting-file': { message: '{setting}: the file {file} cannot be read.', action: null },
  'usage/unknown-setting': {
    message: '{file} has {setting}, which is not a setting.',
    action: 'All are in .env.example.',
  },
  'usage/listen-needs-tls': {
    message: 'Listening on {host} without encryption would show passwords to the network.',
    action: 'Set VALIJA_TLS_CERT and VALIJA_TLS_KEY, or use --behind-proxy behind a proxy that encrypts.',
  },
  'usage/passwords-differ': { message: 'The two passwords are not the same.', action: null },
  'usage/unreadable-file': { message: 'The file {file} cannot be read ({detail}).', action: null },
  'usage/file-missing': { message: 'The file {file} does not exist.', action: null },
  'usage/file-forbidden': { message: 'You may not read the file {file}.', action: null },
  'usage/file-is-directory': { message: '{file} is a directory, not a file.', action: null },
  'usage/missing-command': {
    message: 'After “{group}” one of its commands is missing: {commands}.',
    action: null,
  },
  'usage/one-of-two': { message: '{option} or {other} is needed.', action: null },
  'usage/relay-target': {
    message: 'One of --all, --destination and --account is needed, and only one.',
    action: null,
  },
  'usage/nothing-to-change': { message: 'There is nothing to change: no option says what.', action: null },
  'usage/unknown-part': {
    message: 'There is no part “{part}”.',
    action: 'Parts are profile-server, storage-server and smtp-relay.',
  },
  'usage/profile-needed': {
    message: 'This part has to know where the profile-server is.',
    action: 'Give --public-url with the address of the profile-server.',
  },
  'usage/part-not-enrolled': {
    message: 'This part has not joined a profile-server yet.',
    action: 'Make a code with valija part add and start once with --enrol CODE.',
  },
} as const;
