/** What a retention contract would delete on the maildrop of an account now: a dry run. */
export interface RetentionPreview {
  account: string;
  keep: string;
  /** Messages and bytes that the next poll would delete there. */
  count: number;
  bytes: number;
  /** Of the newest ones, to recognise them. */
  examples: { id: string; subject: string; from: string; date: string }[];
  /** Signed by the home: names account, contract and count; ten minutes good for `account.edit`. */
  confirmation: string;
}
