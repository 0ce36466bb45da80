/** How a file of a mail can be shown without handing it out. */
export interface AttachmentView {
  /** `pages`: pictures of its pages; `none`: there is no way to show this kind of file. */
  kind: 'image' | 'pages' | 'text' | 'none';
  /** Of an image 1. */
  pages: number;
  /** Of `text`: what stands in it, else null. */
  text: string | null;
  /** Only its begin is shown. */
  cut: boolean;
  name: string | null;
  type: string;
  /** Bytes of the file. */
  size: number;
  /** Whether this session may have the file itself. */
  maySave: boolean;
}

/** One page, drawn by the server. */
export interface AttachmentPage {
  page: number;
  /** Pixels. */
  width: number;
  height: number;
  /** Base64 of a WebP picture, without anything that stood beside the pixels. */
  image: string;
  /** The words on it, for whoever cannot see the picture; null for an image. */
  text: string | null;
}

/** Pixels across that a page may be asked in. */
export const VIEW_WIDTH = { least: 100, usual: 1200, most: 2600 } as const;
