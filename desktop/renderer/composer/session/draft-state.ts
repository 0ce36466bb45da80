import type { DraftAttachment, DraftContent } from '../../../../common/shapes/draft.ts';
import type { Problem } from '../../session/problem.ts';

export type Saving = 'empty' | 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';
export type People = 'to' | 'cc' | 'bcc';
export type Body = Pick<DraftContent, 'text' | 'html'>;

export interface DraftState {
  id: string | null;
  version: number | null;
  content: DraftContent;
  attachments: readonly DraftAttachment[];
  /** Ids of the attachments that are shown in the text: they stand in no list. */
  pictures: ReadonlySet<string>;
  saving: Saving;
  savedAt: string | null;
  problem: Problem | null;
  /** Counts up when the body has to be read into the editor again. */
  bodyRevision: number;
}

/** The editor on the screen, as far as its draft needs it. */
export interface BodyEditor {
  read(): Body;
  /** Puts something in where the cursor is; `html` into a mail with format, `text` into one without. */
  insert(piece: { html: string; text: string }): void;
  /** Shows another body of the same kind. Cursor, focus and what can be undone stay. */
  show(body: Body): void;
}

export const EMPTY_DRAFT: DraftContent = {
  identity: null,
  from: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  html: '',
  inReplyTo: null,
  forwardOf: null,
};

/** The server does not have the draft's last state; `problem` says why. */
export class DraftNotSaved extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('draft not saved');
    this.problem = problem;
  }
}

/** Whether a person wrote the same twice, whatever is attached. */
export function isSameText(a: DraftContent, b: DraftContent): boolean {
  const pick = ({ to, cc, bcc, subject, text, html, identity }: DraftContent) =>
    JSON.stringify([to, cc, bcc, subject, text, html, identity]);
  return pick(a) === pick(b);
}

/** Texts that are kept at most of those whose answers were lost. */
const MOST_TRIED = 20;

/** With one more text that may be on the server from now on. Of very many tries the first and the last ones may have come through. */
export function addTried(before: readonly DraftContent[], draft: DraftContent): DraftContent[] {
  if (before.some((one) => isSameText(one, draft))) return [...before];
  const kept = before.length < MOST_TRIED ? before : before.toSpliced(MOST_TRIED / 2, 1);
  return [...kept, draft];
}

/** The attachments that a body shows. */
export function listPictures(html: string | null): ReadonlySet<string> {
  return new Set([...(html ?? '').matchAll(/\bsrc="cid:([\w-]{1,64})"/g)].map(([, id = '']) => id));
}
