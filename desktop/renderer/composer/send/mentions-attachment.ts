/** Words with which people say that something is attached. Whole words: letters around them make others of them. */
const SAID = [
  // English
  'attach(?:ed|es|ing|ments?)?',
  'enclos(?:ed|ing|ures?)',
  // Spanish
  'adjunt[oa]s?',
  'adjunt(?:ar|amos|é|aré|ando|ado|ada|ados|adas|aba)(?:[lts]?[oae]s?|nos)?',
  'anex[oa]s?',
  'anex(?:ar|amos|é|aré|ando|ado|ada|ados|adas)',
];

/** Before such a word they speak of what somebody else attached, of none, or of an office. */
const NOT_MINE = [
  'please|you|your|his|her|their|its|no|not|without|any|every|last|previous|emotionally|open|opened|opening',
  'tus?|vuestr[oa]s?|sin|ningún|ningun[oa]?|no|abrir|abierto|abrí',
  'profesor|profesora|director|directora|secretari[oa]|alcalde|alcaldesa|fiscal|gerente|editor|editora|subdirector',
];

/** Behind such a word they speak of something else. */
const ELSE = [
  'to (?:him|her|it|me|you|us|them|this|that place|the (?:idea|house|building|wall|team|project))',
];

const PATTERN = new RegExp(
  `(?<!\\p{L})(?<!(?<!\\p{L})(?:${NOT_MINE.join('|')})(?: an?| the| el| los?| la| las?)? )(?:${SAID.join('|')})(?!\\p{L})(?! (?:${ELSE.join('|')}))`,
  'iu',
);

/** Whether the person says that something is attached, in English or Spanish: not what is quoted, forwarded or signed. */
export function mentionsAttachment({ subject, text }: { subject: string; text: string }): boolean {
  // A subject that was answered or forwarded is not the person's own word.
  const ownSubject = /^\s*(?:re|fwd?|rv|aw|tr)\s*:/i.test(subject) ? '' : subject;
  return PATTERN.test(readOwnWords(text)) || PATTERN.test(ownSubject);
}

/** A plain text without quotes, signature and what was forwarded. */
function readOwnWords(text: string): string {
  const own: string[] = [];
  let signed = false;
  for (const line of text.split('\n')) {
    if (/^-{10} /.test(line)) break;
    const quoted = line.startsWith('>');
    // A signature ends where the quote below it begins; under that people may write again.
    if (quoted) signed = false;
    else if (/^-- ?$/.test(line)) signed = true;
    if (!quoted && !signed) own.push(line);
  }
  return own.join('\n');
}
