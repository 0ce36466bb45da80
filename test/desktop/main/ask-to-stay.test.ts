import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test from 'node:test';
import type { MessageBoxSyncOptions, WebContents } from 'electron';
import { askToStay } from '../../../desktop/main/page/ask-to-stay.ts';
import { pickTexts } from '../../../desktop/main/text/texts.ts';

test('a page that asks to stay is closed only when the person says so', () => {
  const table: [string, 'en' | 'es', number, string[], boolean][] = [
    ['stays', 'en', 0, ['Stay', 'Close Anyway'], false],
    ['closes anyway', 'en', 1, ['Stay', 'Close Anyway'], true],
    ['se queda', 'es', 0, ['Quedarse', 'Cerrar de todos modos'], false],
  ];
  for (const [name, language, answer, buttons, closes] of table) {
    const contents = new EventEmitter();
    const done: string[] = [];
    let asked: MessageBoxSyncOptions | null = null;
    const window = { webContents: contents as unknown as WebContents, show: () => void done.push('shown') };
    askToStay(window, pickTexts(language, []), (options) => {
      done.push('asked');
      asked = options;
      return answer;
    });
    let unloads = false;
    contents.emit('will-prevent-unload', { preventDefault: () => (unloads = true) });
    assert.equal(unloads, closes, name);
    assert.deepEqual(done, ['shown', 'asked'], name);
    const { buttons: offered, defaultId, cancelId } = asked as unknown as MessageBoxSyncOptions;
    assert.deepEqual([offered, defaultId, cancelId], [buttons, 0, 0], 'a slip of the hand loses nothing');
  }
});
