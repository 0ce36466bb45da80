import type { Session } from 'electron';
import type { KeptSettingsFile } from '../settings/kept-settings.ts';
import { chooseSpelling } from './spelling-languages.ts';

/** Ends in a name that never exists (RFC 6761): what would be fetched from Chromium's maker is fetched from nobody. */
const NOWHERE = 'https://dictionaries.invalid/';

export interface Spelling {
  session: Session;
  kept: KeptSettingsFile;
  /** Where the organisation keeps dictionaries; null: nowhere. */
  source: string | null;
  /** Languages whose dictionaries came with the program. */
  brought: readonly string[];
  /** What people of this computer read, the first first. */
  wanted: readonly string[];
  /** Nothing that a person teaches it may stay on the computer. */
  lab: boolean;
}

/**
 * Spell check without a word to third parties. macOS brings its own checker and chooses the languages itself; Windows checks
 * by its own where it has the language; else the dictionaries are those that came with the program, or the organisation's.
 */
export class SpellCheck {
  readonly #spelling: Spelling;
  /** What a person can choose from; empty: there is nothing to choose. */
  readonly offered: readonly string[];
  #chosen: readonly string[] = [];

  constructor(spelling: Spelling) {
    this.#spelling = spelling;
    this.offered = this.#listOffered();
    if (process.platform === 'darwin') return;
    spelling.session.setSpellCheckerDictionaryDownloadURL(spelling.source ?? NOWHERE);
    const { spelling: kept } = spelling.kept.now;
    this.#check(
      kept?.filter((one) => this.offered.includes(one)) ?? chooseSpelling(this.offered, spelling.wanted),
    );
  }

  isChosen(language: string): boolean {
    return this.#chosen.includes(language);
  }

  /** Checks in this language too, or no longer. */
  choose(language: string, isChosen: boolean): void {
    const others = this.#chosen.filter((one) => one !== language);
    const chosen = isChosen ? [...others, language] : others;
    this.#spelling.kept.change({ spelling: chosen });
    this.#check(chosen);
  }

  /** Whether a word can be learnt for good. */
  get learns(): boolean {
    return !this.#spelling.lab;
  }

  learn(word: string): void {
    this.#spelling.session.addWordToSpellCheckerDictionary(word);
  }

  #listOffered(): readonly string[] {
    const { session, source, brought } = this.#spelling;
    if (process.platform === 'darwin') return [];
    const available = session.availableSpellCheckerLanguages;
    if (source !== null || process.platform === 'win32') return available;
    return available.filter((one) => brought.includes(one));
  }

  #check(languages: readonly string[]): void {
    this.#chosen = languages;
    this.#spelling.session.setSpellCheckerLanguages([...languages]);
    this.#spelling.session.setSpellCheckerEnabled(languages.length > 0);
  }
}
