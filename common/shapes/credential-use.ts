/**
 * Why a secret of an account was opened. `refresh`: at its provider, by the profile-server; `export`: to its user, in a sealed
 * file; `restore`: looked whether it opens.
 */
export type UsePurpose =
  'retrieve' | 'test' | 'submit' | 'submit-test' | 'grant-test' | 'refresh' | 'export' | 'restore';

/** One time that a secret of an account was opened, as its owner sees it. */
export interface SecretUse {
  /** ISO 8601. */
  at: string;
  purpose: UsePurpose;
  /** Who got it: a part by its id and kind. */
  part: string;
  kind: 'storage-server' | 'smtp-relay' | 'profile-server' | null;
}

/** Newest first; `next` begins the page after. */
export interface SecretUses {
  uses: SecretUse[];
  next: string | null;
}

/** How often in one hour; tells neither account nor user. */
export interface SecretUseCount {
  hour: string;
  purpose: UsePurpose;
  part: string;
  uses: number;
}

/** Whether the user may have accounts that are used only while he is signed in, and whether this is open now. */
export interface SignedInOnly {
  /** Reason of a MailError `forbidden` where he may not; null where he may. */
  refused: string | null;
  open: boolean;
}
