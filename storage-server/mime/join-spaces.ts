/** White space and control characters, but for the single space, which stays as it is: putting a space for each costs more than all else. */
const SPACES =
  / [\s\u0000-\u001f\u007f-\u009f]+|[[\s\u0000-\u001f\u007f-\u009f]--[ ]][\s\u0000-\u001f\u007f-\u009f]*/gv;

/** One line: a space for whatever white space and control characters stand together. */
export function joinSpaces(text: string): string {
  return text.replace(SPACES, ' ');
}
