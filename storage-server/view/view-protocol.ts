/** What looking at one file may cost. */
export const VIEW_LIMITS = {
  /** Of a file that is drawn at all. */
  bytes: 40 * 1024 * 1024,
  /** Of a text that is shown. */
  textBytes: 1024 * 1024,
  /** Width times height of a picture that comes in. */
  pixelsIn: 60_000_000,
  /** Width times height of what goes out. */
  pixelsOut: 8_000_000,
  /** Pages that can be turned to. */
  pages: 5000,
  /** Characters of one page. */
  pageText: 200_000,
  /** Of the whole process, in bytes; beyond it ends. */
  memory: 900 * 1024 * 1024,
  seconds: 8,
} as const;

export type DrawnKind = 'image' | 'pages';

/** `bytes` is null for the file that was sent last, known by `key`. `page` counts from 1; 0 asks only how many there are. */
export interface ViewRequest {
  call: number;
  key: string;
  kind: DrawnKind;
  bytes: Uint8Array | null;
  page: number;
  width: number;
}

/** Why a file is not shown; sentences in common/error-texts. */
export type ViewProblem = 'view-broken' | 'view-locked' | 'view-large' | 'view-page';

export interface DrawnPage {
  pages: number;
  width: number;
  height: number;
  /** WebP; empty where only the pages were counted. */
  image: Uint8Array;
  text: string | null;
}

export type ViewAnswer =
  { call: number; ok: true; drawn: DrawnPage } | { call: number; ok: false; reason: ViewProblem };
