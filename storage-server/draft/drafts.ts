import type { Readable } from 'node:stream';
import type {
  AnswerKind,
  DraftAttachment,
  DraftContent,
  OpenDraft,
  Precedents,
  SavedDraft,
} from '../../common/shapes/draft.ts';
import type { Language } from '../../common/shapes/profile.ts';

export interface SaveDraft {
  /** Null begins a draft. */
  id: string | null;
  /** The version that the client's text is based on; null only with `id` null. */
  base: number | null;
  /** Names a draft that is begun: a first save that comes again is the next one of the same draft. Null: of a new one. */
  key?: string | null;
  draft: DraftContent;
}

export interface AnswerMail {
  mail: string;
  kind: AnswerKind;
  language: Language;
  timeZone: string | null;
  /** As of SaveDraft: an answer that is asked for again under it is the one that was made. */
  key?: string | null;
}

/** The mail that is answered, and who is written to. */
export interface AskPrecedents {
  answered: string | null;
  to: readonly string[];
}

/** An attachment with its bytes. */
export interface OpenAttachment extends DraftAttachment {
  open(): AsyncIterable<Uint8Array>;
}

/** One request of a resumable upload. */
export interface UploadPiece {
  draft: string;
  name: string;
  type: string;
  /** The same in every request of one upload; null: the whole file in one request. */
  key: string | null;
  /** Where this request's bytes begin. */
  offset: number;
  /** Bytes of the whole file; null: it ends with this request. */
  total: number | null;
  body: Readable;
}

/** What a user does with drafts. Every method throws MailError `not-found` for what is not his draft. */
export interface Drafts {
  /** Answers when durable. A stale `base` is a `conflict` whose `current` is the OpenDraft. */
  save(user: string, input: SaveDraft): Promise<SavedDraft>;
  open(user: string, id: string): Promise<OpenDraft>;
  remove(user: string, id: string): Promise<void>;
  detach(user: string, id: string, attachment: string): Promise<{ version: number }>;
  answer(user: string, input: AnswerMail): Promise<OpenDraft>;
  /** As whom the user wrote to these people before, and where the answered mail came to. */
  precedents(user: string, input: AskPrecedents): Promise<Precedents>;
  openAttachment(user: string, draft: string, attachment: string): Promise<OpenAttachment>;
  /** Takes bytes; the attachment once all are there, else how far the file has come. */
  upload(user: string, piece: UploadPiece): Promise<{ done: DraftAttachment } | { offset: number }>;
  /** Bytes that are durable of an upload under way; 0 when nothing is known of it. */
  uploadOffset(user: string, draft: string, key: string): Promise<number>;
}
