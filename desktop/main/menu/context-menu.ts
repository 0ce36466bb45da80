import type { MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from '../text/texts.ts';

/** The part of Electron's ContextMenuParams that decides. */
export interface ContextFacts {
  isEditable: boolean;
  selectionText: string;
  /** The link under the pointer, already checked; null when there is none that may be opened. */
  link: string | null;
  /** The address of a mailto: link under the pointer; null when there is none. */
  mailTo: string | null;
  isImage: boolean;
  misspelledWord: string;
  suggestions: readonly string[];
  /** Whether a word can be added to the dictionary. */
  learns: boolean;
  /** Languages that can be checked; empty: there is nothing to choose. */
  languages: readonly { code: string; isChosen: boolean }[];
  canCut: boolean;
  canCopy: boolean;
  canPaste: boolean;
}

export interface ContextActions {
  replaceWord(word: string): void;
  learnWord(word: string): void;
  chooseLanguage(code: string, isChosen: boolean): void;
  openLink(url: string): void;
  writeTo(address: string): void;
  copyText(text: string): void;
  copyImage(): void;
}

/** What a right click offers; empty: no menu. */
export function listContextMenu(
  facts: ContextFacts,
  texts: ShellTexts,
  actions: ContextActions,
): MenuItemConstructorOptions[] {
  const groups: MenuItemConstructorOptions[][] = [];
  if (facts.isEditable && facts.misspelledWord !== '') {
    const words = facts.suggestions
      .slice(0, 5)
      .map((word) => ({ label: word, click: () => actions.replaceWord(word) }));
    groups.push(words.length > 0 ? words : [{ label: texts.noSuggestion, enabled: false }]);
    if (facts.learns)
      groups.push([{ label: texts.learnWord, click: () => actions.learnWord(facts.misspelledWord) }]);
  }
  const { link, mailTo } = facts;
  if (mailTo !== null) {
    groups.push([
      { label: texts.mailTo, click: () => actions.writeTo(mailTo) },
      { label: texts.copyAddress, click: () => actions.copyText(mailTo) },
    ]);
  }
  if (link !== null) {
    groups.push([
      { label: texts.openLink, click: () => actions.openLink(link) },
      { label: texts.copyLink, click: () => actions.copyText(link) },
    ]);
  }
  if (facts.isImage) groups.push([{ label: texts.copyImage, click: () => actions.copyImage() }]);
  if (facts.isEditable) {
    groups.push([
      { role: 'cut', label: texts.cut, enabled: facts.canCut },
      { role: 'copy', label: texts.copy, enabled: facts.canCopy },
      { role: 'paste', label: texts.paste, enabled: facts.canPaste },
      { role: 'selectAll', label: texts.selectAll },
    ]);
    if (facts.languages.length > 0) groups.push([listLanguages(facts.languages, texts, actions)]);
  } else if (facts.selectionText.trim() !== '') {
    groups.push([{ role: 'copy', label: texts.copy, enabled: facts.canCopy }]);
  }
  return groups.flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' }, ...group]));
}

function listLanguages(
  languages: ContextFacts['languages'],
  texts: ShellTexts,
  actions: ContextActions,
): MenuItemConstructorOptions {
  const names = new Intl.DisplayNames([texts.language], { type: 'language' });
  const submenu = languages
    .map(({ code, isChosen }) => ({
      label: names.of(code) ?? code,
      type: 'checkbox' as const,
      checked: isChosen,
      click: () => actions.chooseLanguage(code, !isChosen),
    }))
    .sort((one, other) => one.label.localeCompare(other.label, texts.language));
  return { label: texts.spelling, submenu };
}
