/** English sentences for what is odd about a message, see MailView.problem. */
export const enStructure = {
  'invalid/no-headers': { message: 'This message has no headers.', action: null },
  'invalid/header-limit': { message: 'This message has more headers than are shown.', action: null },
  'invalid/header-damaged': { message: 'A header of this message is damaged.', action: null },
  'invalid/header-twice': {
    message: 'This message has a header twice that may stand there once: programs may show it differently.',
    action: null,
  },
  'invalid/no-boundary': {
    message: 'The structure of this message is damaged: it is shown as one text.',
    action: null,
  },
  'invalid/depth-limit': {
    message: 'This message is nested too deeply: its inner parts are shown as one file.',
    action: null,
  },
  'invalid/part-limit': { message: 'This message has more parts than are shown.', action: null },
  'invalid/text-cut': {
    message: 'The text is longer than is shown here: open the part to read all of it.',
    action: null,
  },
  'invalid/bytes-lost': {
    message: 'The stored bytes of this mail are lost: a backup may have them, or its server still does.',
    action: null,
  },
  'invalid/unreadable': {
    message: 'The structure of this message cannot be read: the original can be saved.',
    action: null,
  },
} as const;
