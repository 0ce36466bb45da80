/** English sentences for what is wrong in a file of users; each is shown with its line. */
export const enUserFile = {
  'invalid/csv-problems': {
    message: 'Nothing was done: {n} lines have to be put right first.',
    action: null,
  },
  'invalid/csv-empty': { message: 'The file is empty.', action: 'Its first line names the columns.' },
  'invalid/csv-encoding': { message: 'The file is not UTF-8.', action: 'Save it as “CSV UTF-8”.' },
  'invalid/csv-too-many': { message: 'There are more than {max} lines.', action: 'Cut the file up.' },
  'invalid/csv-quote': { message: 'A quotation mark is not closed, or text follows it.', action: null },
  'invalid/csv-column': {
    message: '“{column}” is not a column that is known.',
    action: 'Columns are name, display_name, group, email, language and initial_password.',
  },
  'invalid/csv-column-twice': { message: 'The column “{column}” is there twice.', action: null },
  'invalid/csv-no-name': { message: 'There is no column “name”.', action: null },
  'invalid/csv-fields': { message: '{found} fields instead of {expected}.', action: null },
  'invalid/csv-name-twice': { message: '{name} stands in line {first} already.', action: null },
  'invalid/csv-display-name': { message: 'The display name is longer than {max} characters.', action: null },
  'invalid/csv-email': { message: '“{email}” is not an e-mail address.', action: null },
  'invalid/csv-language': { message: '“{language}” is not a language here: {allowed}.', action: null },
  'invalid/csv-own-groups': {
    message: '{name} has to be in a group that you look after.',
    action: null,
  },
  'invalid/csv-stricter-group': {
    message: 'Two administrators have to agree on resets of {name}, and in {group} they would not.',
    action: 'Ask an administrator of the organisation.',
  },
  'invalid/csv-taken': { message: 'The name {name} is taken.', action: null },
  'invalid/csv-removed': {
    message: '{name} is removed.',
    action: 'Restore the user, or remove it for good, before the name can be used.',
  },
  'invalid/csv-admin': { message: '{name} is an administrator: not yours to change.', action: null },
} as const;
