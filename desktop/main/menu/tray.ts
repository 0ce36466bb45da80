import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { NativeOrder } from '../../native-api/native-api.ts';
import type { ShellTexts } from '../text/texts.ts';
import { listTrayMenu } from './menu.ts';

export interface TrayNeeds {
  texts: ShellTexts;
  icons: string;
  show: () => void;
  give: (order: NativeOrder) => void;
}

/** The symbol beside the clock. */
export function makeTray({ texts, icons, show, give }: TrayNeeds): Tray {
  const file = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
  const tray = new Tray(nativeImage.createFromPath(join(icons, file)));
  tray.setToolTip(texts.unread(0));
  tray.setContextMenu(Menu.buildFromTemplate(listTrayMenu(texts, show, give)));
  tray.on('click', show);
  return tray;
}
