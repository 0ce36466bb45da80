import type { DraftSession } from '../session/draft-session.ts';
import { startUploads } from '../files/uploads.ts';
import { readDataUrl } from './data-url.ts';
import type { PictureKeeper } from './picture-keeper.ts';
import { PictureUrls } from './picture-urls.ts';

/** Characters of a pasted picture up to which it may stay in the text. */
const STAYS = 8000;

/**
 * The pictures of a draft are attachments; its text names them as `cid:`. Until one is on the server it has a name of its
 * own, `up_…`, and `nameKept` says what it is called there.
 */
export class DraftPictures implements PictureKeeper {
  readonly #session: DraftSession;
  readonly #urls = new PictureUrls();
  /** Attachments by the names of their uploads. */
  readonly #kept = new Map<string, string>();

  constructor(session: DraftSession) {
    this.#session = session;
  }

  /** Whether the person put one in since the draft was opened. */
  inserted = false;

  async take(picture: File): Promise<HTMLImageElement | null> {
    const name = this.#begin(picture);
    if (name === null) return null;
    const image = document.createElement('img');
    image.alt = '';
    image.dataset['cid'] = name;
    image.src = this.find(name) ?? '';
    return image;
  }

  adopt(data: string): string | null {
    const picture = data.length > STAYS ? readDataUrl(data) : null;
    return picture === null ? null : this.#begin(picture);
  }

  /** Null when it is too large. */
  #begin(picture: File): string | null {
    const [upload] = startUploads(this.#session, [picture], ({ id }) => {
      this.#kept.set(name, id);
      this.#urls.keep(id, picture);
      // Also when it was taken out of the text again meanwhile.
      this.#session.knowPicture(id);
      this.note([...this.#session.store.get().pictures]);
      this.#session.touch();
    });
    if (upload === undefined) return null;
    this.inserted = true;
    const name = `up_${upload.key}`;
    this.#urls.keep(name, picture);
    return name;
  }

  find(name: string): string | null {
    return this.#urls.get(name) ?? null;
  }

  /** Whether there is, or soon will be, a file of that name. */
  isKnown(name: string): boolean {
    const { attachments } = this.#session.store.get();
    return this.#urls.get(name) !== undefined || attachments.some(({ id }) => id === name);
  }

  async load(name: string): Promise<string | null> {
    const { id } = this.#session.store.get();
    return id === null ? null : await this.#urls.load(id, name);
  }

  note(names: readonly string[]): void {
    this.#session.notePictures(new Set(names.map((name) => this.#kept.get(name) ?? name)));
  }

  /** The text with the names under which the server has the pictures. */
  nameKept(html: string | null): string | null {
    return (
      html?.replace(/\bcid:(up_[\w-]+)/g, (whole, name: string) => {
        const kept = this.#kept.get(name);
        return kept === undefined ? whole : `cid:${kept}`;
      }) ?? null
    );
  }

  release(): void {
    this.#urls.release();
  }
}
