/** Keeps the pictures of a text that is edited: with its draft as files, or in the text itself. */
export interface PictureKeeper {
  /** Takes one in. The element shows it at once; null: it cannot be taken, which was told. */
  take(picture: File): Promise<HTMLImageElement | null>;
  /** Whether there is, or soon will be, a picture of that name. */
  isKnown(name: string): boolean;
  /** What shows it; null while it is not here. */
  find(name: string): string | null;
  /** Fetches what is not here yet; null when that cannot be. */
  load(name: string): Promise<string | null>;
  /** Which pictures stand in the text now. */
  note(names: readonly string[]): void;
  /** One that came in a pasted text: kept as if it had been pasted alone. Null: it stays as it is. */
  adopt(data: string): string | null;
}

/** Stands for a picture until it is here. */
export const NOT_HERE_YET = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** What a browser draws without running anything, and every mail program shows. */
export function isPicture(type: string): boolean {
  return /^image\/(?:png|jpe?g|gif|webp)$/.test(type);
}
