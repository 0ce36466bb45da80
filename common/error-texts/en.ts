import type { ErrorTexts } from './error-text.ts';
import { enAccount } from './en/account.ts';
import { enAdmin } from './en/admin.ts';
import { enDelivery } from './en/delivery.ts';
import { enDiscovery } from './en/discovery.ts';
import { enFiling } from './en/filing.ts';
import { enKeeping } from './en/keeping.ts';
import { enLab } from './en/lab.ts';
import { enLayer } from './en/layer.ts';
import { enMail } from './en/mail.ts';
import { enDirectory } from './en/directory.ts';
import { enOAuth } from './en/oauth.ts';
import { enProfile } from './en/profile.ts';
import { enPop3 } from './en/pop3.ts';
import { enReplies } from './en/replies.ts';
import { enQueue } from './en/queue.ts';
import { enRoute } from './en/route.ts';
import { enSearch } from './en/search.ts';
import { enSending } from './en/sending.ts';
import { enSignIn } from './en/sign-in.ts';
import { enStructure } from './en/structure.ts';
import { enSieve } from './en/sieve.ts';
import { enTransfer } from './en/transfer.ts';
import { enUsage } from './en/usage.ts';
import { enVault } from './en/vault.ts';
import { enUser } from './en/user.ts';
import { enUserFile } from './en/user-file.ts';

const general = {
  invalid: { message: 'Something in the input is not valid.', action: null },
  'invalid/field/email': {
    message: 'This is not an e-mail address.',
    action: 'Write the whole address, as name@example.org.',
  },
  'invalid/field': { message: '“{field}” is not valid.', action: null },
  'invalid/empty-message': {
    message: 'There is no message: nothing came in.',
    action: 'Give it like this: valija send --raw < message.eml',
  },
  'not-signed-in': { message: 'You are not signed in.', action: 'Sign in and try again.' },
  'not-signed-in/session-ended': { message: 'Your session ended.', action: 'Sign in again.' },
  'not-signed-in/no-session': {
    message: 'You are not signed in.',
    action: 'Use valija login, or set VALIJA_USER and VALIJA_PASSWORD.',
  },
  'not-signed-in/other-server': {
    message: 'You are signed in at {server}, not at this server.',
    action: 'Use valija login for this server.',
  },
  'sign-in-failed': { message: 'User name or password is not right.', action: null },
  'too-many-tries': { message: 'Too many tries.', action: 'Wait a little and try again.' },
  'too-many-tries/wait': { message: 'Too many tries. Wait {n} s and try again.', action: null },
  'name-taken': { message: 'This user name is taken.', action: 'Choose another one.' },
  forbidden: { message: 'You may not do this.', action: null },
  'forbidden/registration-closed': {
    message: 'This server does not take registrations.',
    action: 'Ask its administrator for an account.',
  },
  'forbidden/invite-needed': {
    message: 'Registering here needs an invitation.',
    action: 'Ask the administrator for one, who makes it with: valija invite',
  },
  'not-found/no-account': { message: 'The account “{account}” does not exist.', action: null },
  'not-found/session': { message: 'The session “{session}” does not exist (any more).', action: null },
  'not-found': { message: 'It does not exist (any more).', action: null },
  conflict: {
    message: 'Someone changed this in the meantime.',
    action: 'Look at it as it is now and try again.',
  },
  'too-large': { message: 'This is larger than allowed.', action: null },
  'too-large/limit': { message: 'This is larger than the limit of {limit}.', action: null },
  quota: {
    message: 'The space for your mail is used up.',
    action: 'Delete something, or ask the administrator for more.',
  },
  'disk-full': {
    message: 'The server’s disk is full.',
    action: 'No mail is lost. The administrator has to make room.',
  },
  'tls/service-needs-tls': {
    message: 'The parts of Valija talk to {host} only over TLS.',
    action: 'Give that part an https address.',
  },
  unavailable: { message: 'The server cannot do this now.', action: 'Try again a little later.' },
  'unavailable/no-profile-server': {
    message: 'The profile-server does not answer at {address}: {cause}.',
    action:
      'The other parts reach it there (VALIJA_PUBLIC_URL): the name must lead to it, and its certificate be trusted.',
  },
  'unavailable/cannot-reach-server': {
    message: 'Valija does not answer at {server}.',
    action: 'Is it running? Another address is given by VALIJA_SERVER.',
  },
  'unavailable/cannot-check-session': {
    message: 'The server cannot check your session now.',
    action: 'Your mail is safe. Try again in a minute.',
  },
  'unavailable/no-home': {
    message: 'No storage server has been added yet.',
    action: 'Ask the administrator to add one.',
  },
  'unavailable/no-relay': {
    message: 'No relay for sending has been added yet.',
    action: 'Ask the administrator to add one.',
  },
  'unavailable/database': {
    message: 'The database does not answer.',
    action: 'Nothing is lost. Try again in a minute.',
  },
  'unavailable/database-newer': {
    message: 'A newer Valija has already changed this database.',
    action: 'Start that version, or restore a backup from before.',
  },
  'unavailable/database-not-durable': {
    message: 'This database server could forget what it has confirmed: {problem}.',
    action: 'Use InnoDB tables and innodb_flush_log_at_trx_commit = 1.',
  },
  'unavailable/port-taken': {
    message: 'Port {port} on {host} is taken, perhaps by a Valija that is running already.',
    action: 'Stop that program, or choose other ports with --port-base.',
  },
  'unavailable/no-free-port': { message: 'No free port was found on {host}.', action: null },
  'unavailable/cannot-listen': {
    message: 'Listening on {host}, port {port}, is not possible: {detail}.',
    action: 'Is --host an address of this machine? Ports below 1024 need rights.',
  },
  'unavailable/data-in-use': {
    message: 'Another Valija is running on {dir}.',
    action: 'Stop it, or choose another directory with --data.',
  },
  'unavailable/data-unusable': {
    message: '{dir} cannot be used: {detail}',
    action: 'Choose a directory of yours with --data.',
  },
  'not-yet': { message: 'This cannot be done yet.', action: null },
  'not-yet/command': { message: 'valija {command} does not exist yet.', action: null },
  internal: {
    message: 'Something went wrong inside Valija.',
    action: 'Nothing was lost. If it happens again, tell the administrator.',
  },
  'forbidden/admins-only': { message: 'Only administrators may do this.', action: null },
  'forbidden/unknown-host': {
    message: 'The server does not know this address as its own.',
    action: 'Open Valija at its own address.',
  },
  'forbidden/unknown-origin': {
    message: 'This page may not talk to the server.',
    action: 'Open Valija at its own address.',
  },
  'forbidden/user-disabled': { message: 'This user has been disabled.', action: 'Ask the administrator.' },
  'forbidden/enrol-code': {
    message: 'The code for this part is not right, was used, or is older than 15 minutes.',
    action: 'Make a new one: valija part add',
  },
  'invalid/input': { message: '“{field}” is not valid.', action: null },
  'invalid/invite': {
    message: 'The invitation is not right, was used, or has expired.',
    action: 'Ask for a new one.',
  },
  'invalid/setup-code': {
    message: 'The setup code is not right.',
    action: 'It is shown where Valija was started. After five wrong tries a new one is made.',
  },
  'invalid/password-long': { message: 'The password is too long: at most {max} characters.', action: null },
  'not-signed-in/token-reused': {
    message: 'Your session was ended, because it was used from two places.',
    action: 'Sign in again.',
  },
  'unavailable/busy': {
    message: 'Too many people are signing in right now.',
    action: 'Try again in a few seconds.',
  },
  'unavailable/cancelled': { message: 'It was stopped before it was done.', action: 'Try again.' },
  'internal/blob-damaged': {
    message: 'Stored bytes of this mail are damaged.',
    action: 'Tell the administrator: a backup may have them.',
  },
  'internal/not-verified': {
    message: 'Messages that were stored cannot be read back: {count}. They were not deleted on the server.',
    action:
      'They are retrieved again by themselves. If this comes back, the administrator should look at the disk.',
  },
  'invalid/user-name-empty': { message: 'A user name is needed.', action: null },
  'invalid/user-name-long': { message: 'The user name is too long: at most {max} characters.', action: null },
  'invalid/user-name-characters': {
    message: 'The user name has a character that cannot be in one.',
    action: 'Letters, digits, single spaces and . _ @ + - are possible, with a letter or digit in front.',
  },
  'name-taken/label': { message: 'There is already a label of this name.', action: 'Choose another one.' },
  'name-taken/mailbox': {
    message: 'There is already a mailbox of this name here.',
    action: 'Choose another one.',
  },
  'forbidden/mailbox-not-empty': {
    message: 'This mailbox has others inside.',
    action: 'Move or remove those first.',
  },
  'not-found/app-password': {
    message: 'There is no app password “{id}”.',
    action: 'List them: it may be removed already.',
  },
  'invalid/app-password-name': {
    message: 'An app password needs a name of at most {max} characters.',
    action: 'Name it after the program that will use it.',
  },
  'too-large/app-passwords': {
    message: 'You have {limit} app passwords, and no more are possible.',
    action: 'Remove those that no program uses.',
  },
  'forbidden/own-user': { message: 'Administrators cannot disable themselves.', action: 'Ask another one.' },
  'quota/too-many': { message: 'No more than {limit} of these are possible.', action: 'Remove one first.' },
  'unavailable/wrong-master-key': {
    message: 'The master key does not belong to this database.',
    action: 'Put the right file back: master.key of the data directory, or VALIJA_MASTER_KEY_FILE.',
  },
} as const;

/** English sentences for every error. */
export const en = {
  ...general,
  ...enAccount,
  ...enAdmin,
  ...enDelivery,
  ...enDiscovery,
  ...enFiling,
  ...enKeeping,
  ...enLayer,
  ...enMail,
  ...enLab,
  ...enDirectory,
  ...enOAuth,
  ...enPop3,
  ...enProfile,
  ...enReplies,
  ...enQueue,
  ...enRoute,
  ...enSearch,
  ...enSending,
  ...enSignIn,
  ...enStructure,
  ...enSieve,
  ...enTransfer,
  ...enUsage,
  ...enVault,
  ...enUser,
  ...enUserFile,
} as const satisfies ErrorTexts;
