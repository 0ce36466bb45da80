/** What a user is told for 30 days of what concerns who can get in. */
export const SECURITY_NOTE_KINDS = [
  'password-changed',
  'reset-made',
  'reset-used',
  'signed-in-elsewhere',
  'sessions-ended',
  'factor-refused',
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'passkey-opens',
  'passkey-copied',
  'recovery-renewed',
  'recovery-used',
  'factors-removed',
  'sign-in-linked',
  'app-password-added',
  'app-passwords-ended',
  'disabled',
  'enabled',
  'admin-given',
  'admin-taken',
  'account-moved',
] as const;
export type SecurityNoteKind = (typeof SECURITY_NOTE_KINDS)[number];

export interface SecurityNote {
  id: string;
  /** ISO 8601. */
  at: string;
  what: SecurityNoteKind;
  /** Name of the admin who did it; null for the user. */
  byAdmin: string | null;
  /** Where it came from, as far as that says anything. */
  client: string | null;
  address: string | null;
  /** Of the passkey or app password; where an account was moved to. */
  name: string | null;
}
