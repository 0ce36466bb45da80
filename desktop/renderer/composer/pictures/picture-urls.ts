import { fetchAttachment } from '../files/fetch-attachment.ts';
import { isPicture } from './picture-keeper.ts';

/** What shows the pictures of a draft: addresses in this window's memory, by attachment. */
export class PictureUrls {
  readonly #urls = new Map<string, string>();
  /** Under way. */
  readonly #loading = new Map<string, Promise<string | null>>();
  readonly #stop = new AbortController();

  get(attachment: string): string | undefined {
    return this.#urls.get(attachment);
  }

  keep(attachment: string, picture: Blob): string {
    const known = this.#urls.get(attachment);
    if (known !== undefined) return known;
    const url = URL.createObjectURL(picture);
    this.#urls.set(attachment, url);
    return url;
  }

  /** Fetches it with the person's token; null when it is gone or cannot be shown. */
  async load(draft: string, attachment: string): Promise<string | null> {
    const known = this.#urls.get(attachment);
    if (known !== undefined) return known;
    const loading = this.#loading.get(attachment) ?? this.#fetch(draft, attachment);
    this.#loading.set(attachment, loading);
    return await loading.finally(() => this.#loading.delete(attachment));
  }

  async #fetch(draft: string, attachment: string): Promise<string | null> {
    try {
      const picture = await fetchAttachment(draft, attachment, this.#stop.signal);
      if (this.#stop.signal.aborted || !isPicture(picture.type)) return null;
      return this.keep(attachment, picture);
    } catch {
      // Its place stays, with its words; nothing else hangs on it.
      return null;
    }
  }

  release(): void {
    this.#stop.abort();
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }
}
