/** English sentences for computers that many people use, and for files that the server shows. */
export const enLab = {
  'forbidden/lab-saves': {
    message: 'Nothing is saved on this computer.',
    action: 'Look at the file here, or save it on a computer of your own.',
  },
  'invalid/view-broken': {
    message: 'This file is damaged, or is not what it says.',
    action: 'It cannot be shown. Ask the sender to send it again.',
  },
  'invalid/view-locked': {
    message: 'This file is locked with a password.',
    action: 'It cannot be shown here. Ask the sender for one without a password.',
  },
  'invalid/view-large': { message: 'This file is too large to be shown here.', action: null },
  'invalid/view-page': { message: 'The file has no such page.', action: null },
  'invalid/view-type': { message: 'This kind of file cannot be shown.', action: null },
  'timeout/view-slow': {
    message: 'Showing this file takes too long.',
    action: 'It may be damaged, or made to do harm.',
  },
  'invalid/lab-network': {
    message: '“{network}” is no network.',
    action: 'Write it like 10.20.0.0/16 or 2001:db8::/32.',
  },
  'not-found/lab-room': { message: 'There is no room “{room}”.', action: null },
  'forbidden/lab-only': {
    message: 'Here sessions are kept in memory only; the command line keeps its session in a file.',
    action: 'Use VALIJA_USER and VALIJA_PASSWORD for single commands, or the client.',
  },
} as const;
