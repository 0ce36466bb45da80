import type { MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from './texts.ts';

/** The part of Electron's ContextMenuParams that decides. */
export interface ContextFacts {
  isEditable: boolean;
  selectionText: string;
  /** The link under the pointer, already checked; null when there is none that may be opened. */
  link: string | null;
  misspelledWord: string;
  suggestions: readonly string[];
  canCut: boolean;
  canCopy: boolean;
  canPaste: boolean;
}

export interface ContextActions {
  replaceWord(word: string): void;
  openLink(url: string): void;
  copyText(text: string): void;
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
  }
  const { link } = facts;
  if (link !== null) {
    groups.push([
      { label: texts.openLink, click: () => actions.openLink(link) },
      { label: texts.copyLink, click: () => actions.copyText(link) },
    ]);
  }
  if (facts.isEditable) {
    groups.push([
      { role: 'cut', label: texts.cut, enabled: facts.canCut },
      { role: 'copy', label: texts.copy, enabled: facts.canCopy },
      { role: 'paste', label: texts.paste, enabled: facts.canPaste },
      { role: 'selectAll', label: texts.selectAll },
    ]);
  } else if (facts.selectionText.trim() !== '') {
    groups.push([{ role: 'copy', label: texts.copy, enabled: facts.canCopy }]);
  }
  return groups.flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' }, ...group]));
}
