import { describeError, type Describable } from '../common/error-texts/describe.ts';
import type { ErrorText } from '../common/error-texts/error-text.ts';
import type { Language } from '../common/shapes/profile.ts';
import { fill, WORDS, type Words } from './words/words.ts';

/** Where the web client shows a button, the command line names the command: the word of its sentence, and what it is about. */
const COMMANDS = {
  'recipient-refused/suppressed': { word: 'howToAllow', about: 'address' },
  'route-refused/sender-unverified': { word: 'howToProve', about: 'from' },
} as const satisfies Record<string, { word: keyof Words; about: string }>;

/** The sentence of an error, with the command that helps. */
export function describeHere(error: Describable, language: Language): ErrorText {
  const text = describeError(error, language);
  const key = `${error.code}/${error.reason ?? ''}`;
  if (!isCommand(key)) return text;
  const words = WORDS[language];
  const { word, about } = COMMANDS[key];
  const address = String(error.params?.[about] ?? '');
  // What is to be typed into a shell: an address that it would read as something else is not put there.
  const typed = /^[\w.+%-]+@[\w.-]+$/.test(address) && !address.startsWith('-') ? address : words.anAddress;
  return { ...text, action: fill(words[word], { address: typed }) };
}

function isCommand(key: string): key is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, key);
}
