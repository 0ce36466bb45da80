/** English help for users, groups and resets. */
export const enUserSummaries = {
  'user list':
    'lists users by name, or those whom QUERY finds (administrators, and for their groups those who look after some)',
  'user show': 'shows one user, with what was done to the account (administrators)',
  'user add': 'prepares a user, with an invitation or a first password (administrators)',
  'user invite': 'makes a new invitation for a user who has not come yet (administrators)',
  'user edit': 'changes what is named of a user (administrators)',
  'user import': 'brings users to what a CSV file says; see --dry-run (administrators)',
  'user disable': 'signs a user out everywhere and stops the checks; mail and settings stay (administrators)',
  'user enable': 'lets a disabled user in again (administrators)',
  'user remove': 'removes a user with all mail, after 30 days in which it can be undone (administrators)',
  'user restore': 'brings a removed user back (administrators)',
  'user reset': 'makes a code with which a user chooses a new password (administrators)',
  'user approve':
    'agrees to a reset of another administrator; without USER lists those that wait (administrators)',
  'user admin': 'makes a user an administrator, or no more (administrators)',
  'user group': 'puts a user into a group (administrators)',
  'group list': 'lists the groups with their users and who looks after them (administrators)',
  'group add': 'makes a group (administrators)',
  'group rename': 'gives a group another name (administrators)',
  'group remove': 'removes a group; its users stay (administrators)',
  'group admin': 'says who looks after a group (administrators)',
  forgot: 'has a code for a new password mailed to your confirmed second address',
  redeem: 'sets a new password by the code of a reset',
  'second-address show': 'shows the address to which codes for a lost password go',
  'second-address set': 'has a code mailed to the address that shall be it',
  'second-address prove': 'confirms it with that code',
  'second-address remove': 'takes it away',
} as const;

export const enUserOptions = {
  'user list group': 'only this group, or none',
  'user list state': 'only those',
  'user list limit': 'how many, up to 200 (50)',
  'display-name': 'the person’s name as others read it',
  'user add group': 'group in which the user is',
  'user add email': 'second address; the user proves it before a code goes there',
  'user edit email': 'second address, unless the user has confirmed one',
  'user add language': 'of the user',
  'initial-password-file':
    'file whose first line is the first password, to be changed at the first sign-in (an invitation)',
  'dry-run': 'only shows the difference',
  'new-codes': 'also makes new invitations for those of the file who have not come yet',
  'user import codes': 'file to write the invitations to (stdout)',
  'keep-days': 'days in which it can be undone (30)',
  now: 'at once and for good',
  hand: 'shows the code, to be handed over in person (this is the default)',
  mail: 'mails the code to the second address that the user has confirmed',
  'also-factors': 'takes away authenticator app and passkeys too when the code is used',
  withdraw: 'ends a reset that is not wanted any more',
  'user admin off': 'takes the right away',
  'user group none': 'out of any group',
  'group admin add': 'user who looks after it; may be repeated',
  'group admin remove': 'user who does no more; may be repeated',
  'redeem code': 'the code of the reset',
  'second-address prove code': 'the code that came to that address',
} as const;

/** The columns of the file of `user import`; the first line names them, divided by `;` or `,`. */
export const enUserColumns = [
  ['name', 'what the user signs in with; the only column that has to be there'],
  ['display_name', 'the person’s name'],
  ['group', 'group in which the user is; made where it is missing'],
  ['email', 'second address'],
  ['language', 'en or es'],
  [
    'initial_password',
    'first password, changed at the first sign-in; where it is empty, an invitation is made',
  ],
] as const;
