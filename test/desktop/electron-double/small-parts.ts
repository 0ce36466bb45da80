import { EventEmitter } from 'node:events';
import type { Clipboard, Dialog, Menu, MenuItemConstructorOptions, NativeImage, NativeTheme } from 'electron';
import type { BrowserWindow, MessageBoxSyncOptions, Notification, SafeStorage, Shell, Tray } from 'electron';
import type * as Electron from 'electron';
import type { Computer, Done } from './computer.ts';
import { model, NotModelled, type Modelled } from './modelled.ts';

/** The parts that only remember what main did with them. */
export function makeSmallParts(
  computer: Computer,
  done: Done,
  clipboard: { text: string },
): Modelled<typeof Electron> {
  return {
    Menu: model<typeof Menu>('Menu', {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) =>
        model<Menu & { template: unknown }>('Menu', { template, popup: () => done.popups.push(template) }),
      setApplicationMenu: (menu: { template: MenuItemConstructorOptions[] }) => (done.menu = menu.template),
    }),
    Tray: function TrayDouble(_icon: NativeImage) {
      const tray: Done['tray'] = { tip: '', menu: [] };
      done.tray = tray;
      return model<Tray>('Tray', {
        setToolTip: (tip: string) => (tray.tip = tip),
        setContextMenu: (menu: { template: MenuItemConstructorOptions[] }) => (tray.menu = menu.template),
      });
    },
    Notification: makeNotificationClass(done),
    nativeImage: {
      createFromPath: (path: string) => model<NativeImage & { path: string }>('NativeImage', { path }),
    },
    nativeTheme: model<NativeTheme>('nativeTheme', { shouldUseDarkColors: false }),
    clipboard: model<Clipboard>('clipboard', {
      readText: async () => clipboard.text,
      writeText: async (text: string) => void (clipboard.text = text),
      clear: () => (clipboard.text = ''),
    }),
    dialog: model<Dialog>('dialog', {
      showMessageBoxSync: (_window: BrowserWindow, options: MessageBoxSyncOptions) => {
        done.asked.push(options.message);
        const answer = done.answers.shift();
        if (answer === undefined) throw new NotModelled('a question that nobody answers');
        return answer;
      },
      showErrorBox: (title: string, content: string) => done.errorBoxes.push(`${title}: ${content}`),
    }),
    shell: model<Shell>('shell', { openExternal: async (url: string) => void done.opened.push(url) }),
    safeStorage: model<SafeStorage>('safeStorage', {
      getSelectedStorageBackend: () => computer.keyStore,
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (text: string) => Buffer.from(`locked ${Buffer.from(text).toString('hex')}`),
      decryptStringAsync: async (bytes: Buffer) => {
        const [word, hex = ''] = bytes.toString().split(' ');
        if (word !== 'locked') throw new Error('not encrypted here');
        return { shouldReEncrypt: false, result: Buffer.from(hex, 'hex').toString() };
      },
    }),
  };
}

function makeNotificationClass(done: Done): unknown {
  function NotificationDouble(options: { title?: string; body?: string }): unknown {
    const events = new EventEmitter();
    const shown = { options, closed: false, click: () => void events.emit('click') };
    return model<Notification>(
      'Notification',
      {
        show: () => done.notifications.push(shown),
        close: () => {
          shown.closed = true;
          events.emit('close');
        },
      },
      events,
    );
  }
  NotificationDouble.isSupported = () => true;
  return NotificationDouble;
}
