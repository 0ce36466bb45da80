import type { MenuItemConstructorOptions } from 'electron';
import type { NativeOrder } from '../../native-api/native-api.ts';
import type { ShellTexts } from '../text/texts.ts';

type Item = MenuItemConstructorOptions;
const SEPARATOR: Item = { type: 'separator' };

/** What a person ticks in the menu; null: not to be had on this computer. */
export interface Choice {
  isChosen: boolean;
  choose(isChosen: boolean): void;
}
export type Choices = Readonly<Record<'mailLinks' | 'background' | 'atSignIn', Choice | null>>;

/** The menu bar. What only the page can do is ordered from it; the rest are the system's own roles, in our words. */
export function listMenu(
  texts: ShellTexts,
  platform: NodeJS.Platform,
  order: (order: NativeOrder) => void,
  choices: Choices,
): Item[] {
  const isMac = platform === 'darwin';
  const settings: Item = {
    label: texts.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => order({ kind: 'settings' }),
  };
  const signOut: Item = {
    label: texts.signOut,
    // ⌘⇧Q ends the whole session of macOS.
    accelerator: 'Ctrl+Shift+Q',
    click: () => order({ kind: 'sign-out' }),
  };
  const file: Item = {
    label: texts.file,
    submenu: [
      {
        label: texts.newMail,
        accelerator: 'CmdOrCtrl+N',
        click: () => order({ kind: 'compose', mail: null }),
      },
      { label: texts.check, accelerator: 'F5', click: () => order({ kind: 'check' }) },
      SEPARATOR,
      { label: texts.print, accelerator: 'CmdOrCtrl+P', click: () => order({ kind: 'print' }) },
      SEPARATOR,
      ...(isMac ? [] : [settings, ...listChoices(texts, choices)]),
      signOut,
      ...(isMac ? [] : [SEPARATOR, { role: 'quit', label: texts.quit } satisfies Item]),
    ],
  };
  const window: Item = {
    label: texts.window,
    submenu: [
      { role: 'minimize', label: texts.minimize },
      { role: 'close', label: texts.close },
    ],
  };
  return [
    ...(isMac ? [listMacMenu(texts, [settings, ...listChoices(texts, choices)])] : []),
    file,
    listEditMenu(texts),
    listViewMenu(texts),
    window,
  ];
}

function listChoices(texts: ShellTexts, choices: Choices): Item[] {
  return (['mailLinks', 'background', 'atSignIn'] as const).flatMap((name) => {
    const choice = choices[name];
    if (choice === null) return [];
    const { isChosen } = choice;
    return [
      {
        label: texts[name],
        type: 'checkbox' as const,
        checked: isChosen,
        click: (item: { checked: boolean }) => choice.choose(item.checked),
      },
    ];
  });
}

function listMacMenu(texts: ShellTexts, settings: Item[]): Item {
  return {
    label: 'Valija',
    submenu: [
      { role: 'about', label: texts.about },
      SEPARATOR,
      ...settings,
      SEPARATOR,
      { role: 'services', label: texts.services },
      SEPARATOR,
      { role: 'hide', label: texts.hide },
      { role: 'hideOthers', label: texts.hideOthers },
      { role: 'unhide', label: texts.showAll },
      SEPARATOR,
      { role: 'quit', label: texts.quit },
    ],
  };
}

function listEditMenu(texts: ShellTexts): Item {
  return {
    label: texts.edit,
    submenu: [
      { role: 'undo', label: texts.undo },
      { role: 'redo', label: texts.redo },
      SEPARATOR,
      { role: 'cut', label: texts.cut },
      { role: 'copy', label: texts.copy },
      { role: 'paste', label: texts.paste },
      { role: 'pasteAndMatchStyle', label: texts.pastePlain },
      { role: 'selectAll', label: texts.selectAll },
    ],
  };
}

function listViewMenu(texts: ShellTexts): Item {
  return {
    label: texts.view,
    submenu: [
      { role: 'resetZoom', label: texts.zoomReset },
      { role: 'zoomIn', label: texts.zoomIn },
      { role: 'zoomOut', label: texts.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: texts.fullScreen },
    ],
  };
}

/** The menu of the symbol beside the clock. */
export function listTrayMenu(
  texts: ShellTexts,
  show: () => void,
  order: (order: NativeOrder) => void,
): Item[] {
  return [
    { label: texts.show, click: show },
    { label: texts.newMail, click: () => order({ kind: 'compose', mail: null }) },
    { label: texts.check, click: () => order({ kind: 'check' }) },
    SEPARATOR,
    { role: 'quit', label: texts.quit },
  ];
}
