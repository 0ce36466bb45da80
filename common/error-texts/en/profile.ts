/** English sentences for the profile: templates, groups of the address book, history. */
export const enProfile = {
  'not-found/no-such-report': {
    message: 'There is no report of {period}.',
    action: 'A month is reported nine days after its end, a year after its last month.',
  },
  'name-taken/template': {
    message: 'There is already a template of this name.',
    action: 'Choose another one.',
  },
  'name-taken/contact-group': {
    message: 'There is already a group of this name in the address book.',
    action: 'Choose another one.',
  },
  'not-found/template': { message: 'The template “{name}” does not exist.', action: null },
  'not-found/contact-group': {
    message: 'The group “{name}” does not exist in the address book.',
    action: null,
  },
  'not-found/no-change': { message: 'The history knows no such change.', action: null },
  'forbidden/undo-account': {
    message: 'Adding an account cannot be undone here.',
    action: 'Remove the account: its mail stays.',
  },
  'forbidden/undo-mailbox': {
    message: 'Making a mailbox cannot be undone here: mail may lie in it.',
    action: 'Remove the mailbox in the settings.',
  },
  'conflict/undo': {
    message: 'The same was changed again since then.',
    action: 'Undo the later change first, or change it by hand.',
  },
};
