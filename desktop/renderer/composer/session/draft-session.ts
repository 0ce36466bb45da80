import type { DraftAttachment, DraftContent, OpenDraft } from '../../../../common/shapes/draft.ts';
import type { SendStatus } from '../../../../common/shapes/status.ts';
import { makeStore, type Store } from '../../parts/store.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { addAddresses, parseAddresses } from '../people/addresses.ts';

export type Saving = 'empty' | 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';
export type People = 'to' | 'cc' | 'bcc';

export interface DraftState {
  id: string | null;
  version: number | null;
  content: DraftContent;
  attachments: readonly DraftAttachment[];
  saving: Saving;
  savedAt: string | null;
  problem: Problem | null;
  /** Counts up when the body has to be read into the editor again. */
  bodyRevision: number;
}

/** Milliseconds after a change until it is saved, when nothing else makes it so. */
const AUTOSAVE = 5000;

type Body = Pick<DraftContent, 'text' | 'html'>;

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

/** One draft while it is written: keeps it saved on the server, one save at a time, and sends it. */
export class DraftSession {
  readonly store: Store<DraftState>;
  readonly #typed: Record<People, string> = { to: '', cc: '', bcc: '' };
  readonly #onSaved: (id: string) => void;
  /** The same for every try to send this draft, so that sending twice sends once. */
  readonly #sendKey = crypto.randomUUID();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<boolean> | null = null;
  #dirty = false;
  #closed = false;
  /** The text as it was last known to be on the server. */
  #onServer: DraftContent;
  /** The body is read from the editor only when it is needed. */
  #readBody: (() => Body) | null = null;
  #insert: ((html: string) => void) | null = null;

  constructor(open: OpenDraft | DraftContent, onSaved: (id: string) => void) {
    const stored = 'draft' in open ? open : null;
    this.#onSaved = onSaved;
    this.#onServer = stored?.draft ?? EMPTY_DRAFT;
    this.store = makeStore<DraftState>({
      id: stored?.id ?? null,
      version: stored?.version ?? null,
      content: stored?.draft ?? (open as DraftContent),
      attachments: stored?.attachments ?? [],
      saving: stored === null ? 'empty' : 'saved',
      savedAt: null,
      problem: null,
      bodyRevision: 0,
    });
  }

  get dirty(): boolean {
    return this.#dirty || this.#running !== null;
  }

  /** The server confirmed all that was written. */
  get isOnServer(): boolean {
    return this.store.get().id !== null && !this.dirty;
  }

  edit(change: Partial<DraftContent>): void {
    this.#put({ content: { ...this.store.get().content, ...change } });
    this.touch();
  }

  /** What stands in a recipients' line and is not a chip yet. */
  type(field: People, text: string): void {
    this.#typed[field] = text;
    this.touch();
  }

  /** The editor lends its text; when it goes, the text is kept as it stands. */
  lendBody(read: () => Body, insert: (html: string) => void): () => void {
    this.#readBody = read;
    this.#insert = insert;
    return () => {
      if (this.#readBody !== read) return;
      this.#put({ content: { ...this.store.get().content, ...read() } });
      this.#readBody = null;
    };
  }

  /** Puts something in where the cursor is; `text` into a mail without format, `begin` and `end` of what is marked there. */
  insert(html: string, text: string, begin: number, end: number): void {
    const { content } = this.store.get();
    if (content.html !== null) this.#insert?.(html);
    else this.edit({ text: content.text.slice(0, begin) + text + content.text.slice(end) });
  }

  /** Another body in place of this one. */
  replaceBody(body: Body): void {
    this.#readBody = null;
    this.#put({ bodyRevision: this.store.get().bodyRevision + 1 });
    this.edit(body);
  }

  /** Goes on without format. */
  makePlain(): void {
    const { text } = this.collect();
    this.#readBody = null;
    this.edit({ text, html: null });
  }

  /** Something changed: it will be saved soon. */
  touch(): void {
    this.#dirty = true;
    if (this.store.get().saving !== 'conflict') this.#put({ saving: 'unsaved' });
    this.#timer ??= setTimeout(() => void this.save(), AUTOSAVE);
  }

  /** Saves what is not saved; true when the server has everything. */
  async save(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#closed) return false;
    if (this.#running !== null) {
      await this.#running;
      return this.#dirty ? await this.save() : this.store.get().saving === 'saved';
    }
    if (!this.#dirty) return this.store.get().saving !== 'failed';
    if (this.store.get().saving === 'conflict') return false;
    this.#running = this.#saveNow().finally(() => (this.#running = null));
    return await this.#running;
  }

  /** Saves even an empty mail, for what needs an id: attachments. */
  async demandId(): Promise<string> {
    if (this.store.get().id === null) this.#dirty = true;
    await this.save();
    const { id, problem } = this.store.get();
    if (id === null) throw problem === null ? new Error('no draft') : new DraftNotSaved(problem);
    return id;
  }

  async #saveNow(): Promise<boolean> {
    const { id, version } = this.store.get();
    const draft = this.collect();
    this.#dirty = false;
    this.#put({ saving: 'saving' });
    try {
      const saved = await storageServer().draft.save.mutate({ id, base: version, draft });
      this.#onServer = draft;
      this.#put({ id: saved.id, version: saved.version, savedAt: saved.savedAt, problem: null });
      this.#put({ saving: this.#dirty ? 'unsaved' : 'saved' });
      if (id === null) this.#onSaved(saved.id);
      return true;
    } catch (error) {
      return await this.#saveFailed(error, draft);
    }
  }

  async #saveFailed(error: unknown, draft: DraftContent): Promise<boolean> {
    const problem = toProblem(error);
    const current = problem.current as OpenDraft | undefined;
    this.#dirty = true;
    if (problem.code === 'conflict' && current !== undefined) {
      // Only its files changed, or it is what we wanted to save (an answer that was lost): go on from there.
      const same = sameText(current.draft, this.#onServer) || sameText(current.draft, draft);
      this.#put({ version: current.version, attachments: current.attachments });
      if (same) return await this.#saveNow();
      this.#put({ saving: 'conflict', problem });
      return false;
    }
    this.#put({ saving: 'failed', problem });
    if (problem.code === 'offline' || problem.code === 'unavailable') {
      this.#timer ??= setTimeout(() => void this.save(), AUTOSAVE);
    }
    return false;
  }

  /** The draft as it stands on the screen. */
  collect(): DraftContent {
    const { content } = this.store.get();
    const whole = { ...content, ...this.#readBody?.() };
    for (const field of ['to', 'cc', 'bcc'] as const) {
      whole[field] = addAddresses(content[field], parseAddresses(this.#typed[field]));
    }
    return whole;
  }

  /** After a conflict: goes on with what stands here. */
  async keepMine(): Promise<void> {
    this.#put({ saving: 'unsaved', problem: null });
    this.#dirty = true;
    await this.save();
  }

  /** After a conflict, or when another PC changed it: shows what is on the server. */
  takeTheirs(open: OpenDraft): void {
    this.#readBody = null;
    this.#dirty = false;
    this.#onServer = open.draft;
    this.#put({
      id: open.id,
      version: open.version,
      content: open.draft,
      attachments: open.attachments,
      saving: 'saved',
      problem: null,
      bodyRevision: this.store.get().bodyRevision + 1,
    });
  }

  setAttachments(how: (list: readonly DraftAttachment[]) => readonly DraftAttachment[]): void {
    this.#put({ attachments: how(this.store.get().attachments) });
  }

  takeVersion(version: number): void {
    this.#put({ version: Math.max(version, this.store.get().version ?? 0) });
  }

  /** Saves and sends; the mail is held `undo` seconds on the server, or until `at` (ISO). */
  async send(undo: number, at: string | null): Promise<SendStatus> {
    const id = await this.demandId();
    if (!(await this.save())) {
      const { problem } = this.store.get();
      if (problem !== null) throw new DraftNotSaved(problem);
    }
    const status = await storageServer().sending.send.mutate({
      draft: id,
      undo,
      at,
      key: this.#sendKey,
    });
    this.close();
    return status;
  }

  async discard(): Promise<void> {
    this.close();
    const { id } = this.store.get();
    if (id !== null) await storageServer().draft.remove.mutate({ id });
  }

  /** Nothing is saved any more: it was sent or thrown away. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #put(change: Partial<DraftState>): void {
    this.store.change((state) => ({ ...state, ...change }));
  }
}

/** The server does not have the draft's last state; `problem` says why. */
export class DraftNotSaved extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('draft not saved');
    this.problem = problem;
  }
}

function sameText(a: DraftContent, b: DraftContent): boolean {
  const pick = ({ to, cc, bcc, subject, text, html, identity }: DraftContent) =>
    JSON.stringify([to, cc, bcc, subject, text, html, identity]);
  return pick(a) === pick(b);
}
