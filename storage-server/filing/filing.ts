import type { Flag } from '../../common/shapes/mail.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { IncomingMail, IngestedMail } from '../mail/ingest/ingest.ts';
import type { AutomaticAnswer } from './answer.ts';

/** What a user is told of his rules: the sentence is that of `invalid/REASON` in common/error-texts. */
export interface FilingProblem {
  /** Id of the rule; null where it cannot be told which one. */
  rule: string | null;
  reason:
    | 'rule-mailbox-gone'
    | 'rule-failed'
    | 'rule-not-run'
    | 'rule-forward-refused'
    | 'rule-forward-own'
    | 'rule-answer-refused';
  /** What it is about: a path, an address, a code; the same problem with the same detail is one. */
  detail: string;
}

/** What the rules want done with one mail. */
export interface FilingDecision {
  /** Id of the mailbox; null: where it lies or would lie without rules. */
  mailbox: string | null;
  flags: Flag[];
  labels: string[];
  /** To whom it is forwarded, and as which address of the user (envelope sender). */
  forwards: { recipient: string; from: string }[];
  answer: AutomaticAnswer | null;
  problems: FilingProblem[];
}

/** Mails of one account on their way into the store. */
export interface Arrival {
  user: string;
  account: string;
  /** They are part of a first import: nothing of it is forwarded or answered. */
  importing: boolean;
}

/** A batch as its rules want it filed. */
export interface FiledBatch {
  mails: IncomingMail[];
  /** In the transaction of the rows, with what became of each mail: what is to be sent is committed with them. */
  record(tx: Writer, ingested: readonly IngestedMail[]): Promise<void>;
  /** After the commit. */
  finish(): void;
}

/** Applies users' rules to mails as they arrive. */
export interface Filing {
  /** Null for users without rules. Never fails because of a rule or of a mail. */
  file(to: Arrival, mails: IncomingMail[]): Promise<FiledBatch | null>;
}
