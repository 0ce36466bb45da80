import { clipboard, Menu, type BrowserWindow } from 'electron';
import type { MailtoOrder } from '../../native-api/native-api.ts';
import { parseMailto } from '../order/mailto.ts';
import { openOutside } from '../page/guard-contents.ts';
import { readPage } from '../page/navigation.ts';
import type { SpellCheck } from '../spelling/spell-check.ts';
import type { ShellTexts } from '../text/texts.ts';
import { listContextMenu } from './context-menu.ts';

export interface ContextMenuNeeds {
  texts: ShellTexts;
  spelling: SpellCheck;
  compose: (mail: MailtoOrder) => void;
}

/** Opens the menu of a right click, or of the menu key, wherever there is something to offer. */
export function offerContextMenu(
  window: BrowserWindow,
  { texts, spelling, compose }: ContextMenuNeeds,
): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, params) => {
    const mail = parseMailto(params.linkURL);
    const items = listContextMenu(
      {
        isEditable: params.isEditable,
        selectionText: params.selectionText,
        link: readPage(params.linkURL),
        mailTo: mail?.to[0] ?? null,
        isImage: params.mediaType === 'image' && params.hasImageContents,
        misspelledWord: params.misspelledWord,
        suggestions: params.dictionarySuggestions,
        learns: spelling.learns,
        languages: spelling.offered.map((code) => ({ code, isChosen: spelling.isChosen(code) })),
        canCut: params.editFlags.canCut,
        canCopy: params.editFlags.canCopy,
        canPaste: params.editFlags.canPaste,
      },
      texts,
      {
        replaceWord: (word) => webContents.replaceMisspelling(word),
        learnWord: (word) => spelling.learn(word),
        chooseLanguage: (code, isChosen) => spelling.choose(code, isChosen),
        openLink: openOutside,
        writeTo: () => void (mail !== null && compose(mail)),
        copyText: (text) => void clipboard.writeText(text),
        copyImage: () => webContents.copyImageAt(params.x, params.y),
      },
    );
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
