/** English summaries of what a user does so that nobody else gets in. */
export const enSecuritySummaries = {
  'password change': 'changes your password',
  'factor list': 'shows your second factors, and how many recovery codes are left',
  'factor recovery': 'makes ten new recovery codes in place of those that are left',
  'totp add': 'sets up an authenticator app as second factor',
  'totp remove': 'removes the authenticator app',
  'passkey rename': 'gives a passkey another name',
  'passkey remove': 'removes a passkey',
  'session notes': 'shows what happened in 30 days to who can get in',
} as const;
