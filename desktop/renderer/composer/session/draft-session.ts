import type { DraftAttachment, DraftContent, OpenDraft } from '../../../../common/shapes/draft.ts';
import { makeStore, type Store } from '../../parts/store.ts';
import { toProblem } from '../../session/problem.ts';
import { DraftPictures } from '../pictures/draft-pictures.ts';
import type { Upload } from '../files/uploads.ts';
import { addAddresses, parseAddresses } from '../people/addresses.ts';
import {
  addTried,
  DraftNotSaved,
  EMPTY_DRAFT,
  isSameText,
  listPictures,
  type Body,
  type BodyEditor,
  type DraftState,
  type People,
} from './draft-state.ts';
import { canSendLast, fitCall, sendLastSave, sendSave } from './send-save.ts';

/** Milliseconds after a change until it is saved, when nothing else makes it so. */
const AUTOSAVE = 5000;
/** The same for a mail that the server does not know at all: until then a reload would find nothing. */
const FIRST_SAVE = 1000;

/** One draft while it is written: keeps it saved on the server, one save at a time, and sends it. */
export class DraftSession {
  readonly store: Store<DraftState>;
  /** Files on their way; they go on while no composer shows the draft. */
  readonly uploads = makeStore<readonly Upload[]>([]);
  readonly pictures = new DraftPictures(this);
  readonly #typed: Record<People, string> = { to: '', cc: '', bcc: '' };
  readonly #onSaved: (id: string) => void;
  /** The same for every try to begin this draft, and to send it: doing it twice does it once. */
  readonly key = crypto.randomUUID();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<boolean> | null = null;
  #dirty = false;
  #closed = false;
  /** The text as it was last known to be on the server, and those that may be there: their answers did not come. */
  #onServer: DraftContent[];
  /** The body is read from the editor only when it is needed. */
  #editor: BodyEditor | null = null;
  /** Files that became pictures of the text: they leave with the last place that shows them. */
  readonly #wasShown = new Set<string>();

  constructor(open: OpenDraft | DraftContent, onSaved: (id: string) => void) {
    const stored = 'draft' in open ? open : null;
    this.#onSaved = onSaved;
    this.#onServer = [stored?.draft ?? EMPTY_DRAFT];
    this.store = makeStore<DraftState>({
      id: stored?.id ?? null,
      version: stored?.version ?? null,
      content: stored?.draft ?? (open as DraftContent),
      attachments: stored?.attachments ?? [],
      pictures: listPictures(stored?.draft.html ?? null),
      saving: stored === null ? 'empty' : 'saved',
      savedAt: null,
      problem: null,
      bodyRevision: 0,
    });
  }

  get dirty(): boolean {
    // Told while a save begins, before its promise is there.
    return this.#dirty || this.#running !== null || this.store.get().saving === 'saving';
  }

  /** Something is only here: text, or a file on its way. */
  get unfinished(): boolean {
    return !this.#closed && (this.dirty || this.uploads.get().length > 0);
  }

  /** The server confirmed all that was written. */
  get isOnServer(): boolean {
    return this.store.get().id !== null && !this.unfinished;
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
  lendBody(editor: BodyEditor): () => void {
    this.#editor = editor;
    return () => {
      if (this.#editor !== editor) return;
      this.#put({ content: { ...this.store.get().content, ...editor.read() } });
      this.#editor = null;
    };
  }

  /** Puts something in where the cursor is. */
  insert(piece: { html: string; text: string }): void {
    this.#editor?.insert(piece);
  }

  /** Another body in place of this one, shown where it is written: the cursor stays, and so does all that was typed. */
  replaceBody(body: Body): void {
    const { html } = this.store.get().content;
    const editor = (html === null) === (body.html === null) ? this.#editor : null;
    if (editor === null) {
      this.#editor = null;
      this.#put({ bodyRevision: this.store.get().bodyRevision + 1 });
    }
    this.edit(body);
    editor?.show(body);
  }

  /** Goes on without format. */
  makePlain(): void {
    this.replaceBody({ text: this.collect().text, html: null });
    this.notePictures(new Set());
  }

  /** This attachment was put into the text; it is no file like others. */
  knowPicture(id: string): void {
    this.#wasShown.add(id);
  }

  /** Which attachments the text shows now. */
  notePictures(ids: ReadonlySet<string>): void {
    for (const id of ids) this.#wasShown.add(id);
    const { pictures } = this.store.get();
    if (ids.size !== pictures.size || [...ids].some((id) => !pictures.has(id))) this.#put({ pictures: ids });
  }

  /** Something changed: it will be saved soon. */
  touch(): void {
    this.#dirty = true;
    if (this.store.get().saving !== 'conflict') this.#put({ saving: 'unsaved' });
    const soon = this.store.get().id === null ? FIRST_SAVE : AUTOSAVE;
    this.#timer ??= setTimeout(() => void this.save(), soon);
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
    this.#running = this.#saveNow().finally(() => this.#ended());
    return await this.#running;
  }

  /** The page goes: what was typed last leaves with it. False when that cannot be, as with a large text, or files. */
  saveLast(): boolean {
    const { id, version, saving, problem } = this.store.get();
    const save = { id, base: version, key: this.key, draft: this.collect() };
    const can = this.uploads.get().length === 0 && this.#running === null && saving === 'unsaved';
    // What failed once would fail again, and nobody would be there to see it.
    if (!can || problem !== null || !canSendLast(save)) return false;
    this.#running = this.#saveNow(sendLastSave).finally(() => this.#ended());
    return true;
  }

  /** Resolves when no save is under way: only then it is known what the server has. */
  async settle(): Promise<void> {
    await this.#running;
  }

  /** Saves even an empty mail, for what needs an id: attachments. */
  async demandId(): Promise<string> {
    if (this.store.get().id === null) this.#dirty = true;
    await this.save();
    const { id, problem } = this.store.get();
    if (id === null) throw problem === null ? new Error('no draft') : new DraftNotSaved(problem);
    return id;
  }

  /** Who waits for all to be saved looks again. */
  #ended(): void {
    this.#running = null;
    this.#put({});
  }

  async #saveNow(send = sendSave): Promise<boolean> {
    const { id, version } = this.store.get();
    this.#dirty = false;
    this.#put({ saving: 'saving' });
    try {
      const draft = fitCall(this.collect());
      this.#onServer = addTried(this.#onServer, draft);
      const saved = await send({ id, base: version, key: this.key, draft });
      this.#onServer = [draft];
      this.#put({ id: saved.id, version: saved.version, savedAt: saved.savedAt, problem: null });
      this.#put({ saving: this.#dirty ? 'unsaved' : 'saved' });
      if (id === null) this.#onSaved(saved.id);
      return true;
    } catch (error) {
      return await this.#saveFailed(error);
    }
  }

  async #saveFailed(error: unknown): Promise<boolean> {
    const problem = toProblem(error);
    const current = problem.current as OpenDraft | undefined;
    this.#dirty = true;
    if (problem.code === 'conflict' && current !== undefined) {
      // Only its files changed, or it is what we wanted to save (an answer that was lost): go on from there.
      const same = this.#onServer.some((one) => isSameText(current.draft, one));
      const isNew = this.store.get().id === null;
      this.#put({ id: current.id, version: current.version, attachments: current.attachments });
      if (isNew) this.#onSaved(current.id);
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
    const whole = { ...content, ...this.#editor?.read() };
    whole.html = this.pictures.nameKept(whole.html);
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
    this.#editor = null;
    this.#dirty = false;
    this.#onServer = [open.draft];
    this.#put({
      id: open.id,
      version: open.version,
      content: open.draft,
      attachments: open.attachments,
      pictures: listPictures(open.draft.html),
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

  /** Files that stood in the text and were taken out of it again. */
  listUnseen(): string[] {
    const { attachments, pictures, content } = this.store.get();
    // In a mail without format they are files like others.
    if (content.html === null) return [];
    return attachments.map(({ id }) => id).filter((id) => this.#wasShown.has(id) && !pictures.has(id));
  }

  /** Nothing is saved any more: it was sent or thrown away. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { stop } of this.uploads.get()) stop.abort();
    this.uploads.set([]);
  }

  /** Nobody holds it any more. */
  release(): void {
    this.close();
    this.pictures.release();
  }

  #put(change: Partial<DraftState>): void {
    this.store.change((state) => ({ ...state, ...change }));
  }
}
