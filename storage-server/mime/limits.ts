/** What parsing one message may cost. Beyond, the mail is kept and listed as it is, with a `problem`. */
export const MIME_LIMITS = {
  /** Bytes of a header block that are looked at. */
  headerBytes: 256 * 1024,
  headerFields: 1000,
  /** Bytes of the headers of one part. */
  partHeaderBytes: 64 * 1024,
  depth: 20,
  parts: 1000,
  /** Bytes of one text part that `show` decodes; all of it can be fetched as a part. */
  textBytes: 2 * 1024 * 1024,
  /** Addresses of one field that are kept in the row. */
  rowAddresses: 50,
} as const;

/** What was odd about a message; the first problem found is the one shown. */
const PROBLEMS = {
  'no-headers': 'This message has no headers.',
  'header-limit': 'This message has more headers than are shown.',
  'header-damaged': 'A header of this message is damaged.',
  'header-twice':
    'This message has a header twice that may stand there once: programs may show it differently.',
  'no-boundary': 'The structure of this message is damaged: it is shown as one text.',
  'depth-limit': 'This message is nested too deeply: its inner parts are shown as one file.',
  'part-limit': 'This message has more parts than are shown.',
  'text-cut': 'The text is longer than is shown here: open the part to read all of it.',
  'bytes-lost': 'The stored bytes of this mail are lost: a backup may have them, or its server still does.',
  unreadable: 'The structure of this message cannot be read: the original can be saved.',
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

export function describeProblem(code: string): { code: string; message: string } {
  return { code, message: PROBLEMS[code as ProblemCode] ?? PROBLEMS.unreadable };
}
