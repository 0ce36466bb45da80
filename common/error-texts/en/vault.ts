/** English sentences for the master key, and for accounts that only their user can open. */
export const enVault = {
  'needs-sign-in/locked-until-password': {
    message: 'This account is used only while you are signed in.',
    action: 'Enter your Valija password once in this session to open it.',
  },
  'unavailable/key-coming': {
    message: 'Another profile-server opens this account in a moment.',
    action: 'It is tried again by itself.',
  },
  'needs-sign-in/emptied-by-reset': {
    message: 'The password of this account was forgotten when your Valija password was reset.',
    action: 'Enter the account’s password again.',
  },
  'forbidden/signed-in-only-sso': {
    message: 'This needs a password of Valija’s own, and you sign in through your organisation.',
    action: null,
  },
  'forbidden/signed-in-only-policy': {
    message: 'Your organisation does not allow accounts that are checked only while you are signed in.',
    action: null,
  },
  'forbidden/passkey-opens-nothing': {
    message: 'This passkey does not open your accounts.',
    action: 'Enter your Valija password. Under Security you can let the passkey open them too.',
  },
  'invalid/passkey-computes-nothing': {
    message: 'This passkey, or this browser, cannot open accounts.',
    action: 'It still signs you in. Use your password to open the accounts, or try another passkey.',
  },
  'conflict/personal-key-gone': {
    message: 'The accounts that only you can open stand under another password of yours.',
    action: 'Remove them and add them again.',
  },
  'usage/master-key-mode': {
    message: 'The master key in {file} may be changed by others (mode {mode}).',
    action: 'Only its owner may have it: chmod 400 {file}',
  },
  'unavailable/master-key-command': {
    message: 'The command that prints the master key {why}.',
    action: 'Try VALIJA_MASTER_KEY_COMMAND by hand, as the user that Valija runs as.',
  },
  'usage/master-key-new': {
    message: 'No new master key was found.',
    action:
      'Name one with --new-key-file, or add it as a second line where the first one stands. One is made by: openssl rand -base64 32',
  },
  'usage/master-key-same': { message: 'This is the master key that is in use already.', action: null },
  'usage/master-key-source': {
    message: 'The new master key cannot be kept where the old one is.',
    action: 'Add it there as a second line (a command prints both), then rotate without --new-key-file.',
  },
  'conflict/master-key-moving': {
    message: 'There is no rotation that still waits.',
    action: 'One that has begun to move goes on to its end. Afterwards rotate again.',
  },
  'unavailable/master-key-needs-server': {
    message: 'The profile-server does not run on {dir}.',
    action: 'The master key is rotated while it runs. On several machines, do it on one of them.',
  },
};
