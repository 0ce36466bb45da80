/** English sentences for rules written in Sieve; the part behind `sieve-` is a SieveCode. */
export const enSieve = {
  'invalid/sieve-too-long': {
    message: 'The rule is too long: at most {limit} KiB.',
    action: 'Make several rules of it.',
  },
  'invalid/sieve-bad-character': {
    message: 'Line {line}: “{character}” cannot stand here.',
    action: null,
  },
  'invalid/sieve-unclosed-comment': {
    message: 'Line {line}: this comment has no end.',
    action: 'End it with */',
  },
  'invalid/sieve-unclosed-string': {
    message: 'Line {line}: this text has no end.',
    action: 'A text ends with ", and one that begins with text: ends with a dot on a line of its own.',
  },
  'invalid/sieve-bad-number': {
    message: 'Line {line}: “{number}” is not a number that Sieve knows.',
    action: 'Write digits, then perhaps K, M or G.',
  },
  'invalid/sieve-bad-tag': { message: 'Line {line}: a word has to follow the colon.', action: null },
  'invalid/sieve-expected': {
    message: 'Line {line}, column {column}: {expected} was expected, not {found}.',
    action: null,
  },
  'invalid/sieve-too-deep': {
    message: 'Line {line}: too many blocks or tests stand inside each other.',
    action: 'Make several rules of it.',
  },
  'invalid/sieve-unknown-command': { message: 'Line {line}: there is no command “{name}”.', action: null },
  'invalid/sieve-unknown-test': { message: 'Line {line}: there is no test “{name}”.', action: null },
  'invalid/sieve-unknown-extension': {
    message: 'Line {line}: Valija does not have the extension “{extension}”.',
    action: 'Leave it out of “require”, and what needs it.',
  },
  'invalid/sieve-no-regex': {
    message: 'Line {line}: regular expressions are not possible in rules, since some would stop the server.',
    action: 'Use :contains, or :matches with * and ?.',
  },
  'invalid/sieve-no-reject': {
    message: 'Line {line}: mail cannot be rejected, since your provider has already accepted it.',
    action: 'Use “discard”, which moves it to Trash.',
  },
  'invalid/sieve-not-required': {
    message: 'Line {line}: “{name}” needs the extension “{extension}”.',
    action: 'Write at the top: require "{extension}";',
  },
  'invalid/sieve-require-first': { message: 'Line {line}: “require” has to stand at the top.', action: null },
  'invalid/sieve-misplaced-else': {
    message: 'Line {line}: there is no “if” right before this “{name}”.',
    action: null,
  },
  'invalid/sieve-unknown-tag': {
    message: 'Line {line}: “{name}” has no {tag}, or the extension for it is not required.',
    action: null,
  },
  'invalid/sieve-tag-twice': { message: 'Line {line}: {tag} stands here twice.', action: null },
  'invalid/sieve-tags-exclude': {
    message: 'Line {line}: {tag} and {other} do not go together.',
    action: null,
  },
  'invalid/sieve-tag-needs-value': {
    message: 'Line {line}: {tag} is missing or lacks its value.',
    action: null,
  },
  'invalid/sieve-wrong-arguments': {
    message: 'Line {line}: “{name}” is not written like this.',
    action: 'It is written so: {expected}',
  },
  'invalid/sieve-no-block': {
    message: 'Line {line}: after “{name}” comes a semicolon, not a block.',
    action: null,
  },
  'invalid/sieve-needs-block': {
    message: 'Line {line}: after “{name}” comes a block.',
    action: 'Put what is to be done between { and }.',
  },
  'invalid/sieve-bad-value': {
    message: 'Line {line}: “{value}” is not possible here.',
    action: 'Possible: {allowed}',
  },
  'invalid/sieve-bad-header-name': {
    message: 'Line {line}: “{name}” cannot be looked at in this way.',
    action: 'Give the name of a header field, without colon; “address” looks only at fields with addresses.',
  },
  'invalid/sieve-bad-address': {
    message: 'Line {line}: “{address}” is not an e-mail address.',
    action: null,
  },
  'invalid/sieve-bad-variable': {
    message: 'Line {line}: “{name}” cannot be the name of a variable.',
    action: 'Letters, digits and _ are possible, with a letter in front.',
  },
  'invalid/sieve-bad-comparator': {
    message: 'Line {line}: there is no comparator “{comparator}”.',
    action: 'Possible: i;octet, i;ascii-casemap, i;ascii-numeric.',
  },
  'invalid/sieve-unknown-mailbox': {
    message: 'Line {line}: the mailbox “{mailbox}” does not exist.',
    action: 'Make it, or choose another one.',
  },
  'invalid/sieve-too-many-actions': {
    message: 'A rule did more than {limit} things with one mail.',
    action: 'Look at line {line}.',
  },
  'invalid/sieve-too-many-redirects': {
    message: 'A rule forwarded one mail to more than {limit} addresses.',
    action: 'Look at line {line}.',
  },
  'invalid/sieve-too-many-steps': {
    message: 'A rule took too long over one mail and was stopped.',
    action: 'Look at line {line}.',
  },
  'invalid/sieve-action-twice': {
    message: 'Rules asked for “{name}” twice for one mail.',
    action: 'Look at line {line}.',
  },
  'not-found/no-rule': {
    message: 'There is no rule “{rule}”, or several have this name.',
    action: 'valija rule list shows them.',
  },
  'invalid/no-rules': { message: 'No rule of the file could be taken over.', action: null },
  'usage/unwritable-file': { message: 'The file {file} cannot be written ({detail}).', action: null },
} as const;
