/** What can be wrong with a store. */
export type FindingKind =
  | 'database-damaged'
  | 'blob-damaged'
  | 'blob-missing'
  | 'size-wrong'
  | 'row-wrong'
  | 'attachment-wrong'
  | 'mail-missing'
  | 'original-missing'
  | 'modseq-wrong'
  | 'counter-wrong'
  | 'thread-wrong'
  | 'ledger-wrong'
  | 'index-wrong';

/** One thing that is wrong. Blob ids never leave the server: what they belong to is named. */
export interface Finding {
  kind: FindingKind;
  user: string | null;
  /** Id of the mail. */
  mail: string | null;
  /** The account whose original it is. */
  account: string | null;
  /** What was found, in technical words. */
  detail: string | null;
}

export function makeFinding(kind: FindingKind, more: Partial<Omit<Finding, 'kind'>> = {}): Finding {
  return { kind, user: null, mail: null, account: null, detail: null, ...more };
}

/** A store may be wholly damaged: more than this is counted and not listed. */
const MOST_LISTED = 1000;

/** Gathers findings. */
export class Findings {
  readonly listed: Finding[] = [];
  more = 0;

  add(finding: Finding): void {
    if (this.listed.length < MOST_LISTED) this.listed.push(finding);
    else this.more += 1;
  }

  get count(): number {
    return this.listed.length + this.more;
  }
}

/** Told of a part of the work: how much of it is done. */
export type OnProgress = (step: KeepingStep, done: number, total: number) => void;
export type KeepingStep = 'database' | 'blobs' | 'mails' | 'ledger' | 'index' | 'mend' | 'compress' | 'pack';
