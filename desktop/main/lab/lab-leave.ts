import { app, type BrowserWindow } from 'electron';
import { closeLab, type LabFolders } from './lab.ts';
import { writeLog } from '../log.ts';
import type { OrderQueue } from '../order/orders.ts';
import { removeAfterExit } from './remove-after-exit.ts';

/** The page gives the server 4 s to end the session; after this the shell clears by itself. */
const PATIENCE = 6000;

/** How a lab session ends however it ends: session ended on the server, traces cleared, folder gone. */
export class LabLeave {
  readonly #lab: LabFolders | null;
  readonly #orders: OrderQueue;
  readonly #clear: () => Promise<boolean>;
  #isLeaving = false;
  #isDone = false;
  #onCleared: () => void = () => undefined;

  constructor(lab: LabFolders | null, orders: OrderQueue, clear: () => Promise<boolean>) {
    this.#lab = lab;
    this.#orders = orders;
    this.#clear = clear;
    if (lab === null) return;
    app.on('quit', () => {
      if (!closeLab(lab)) writeLog('lab-folder-left');
      removeAfterExit(lab, process.pid);
    });
  }

  /** The clean-up that the page asks for. */
  async clear(): Promise<boolean> {
    const clean = await this.#clear();
    this.#onCleared();
    return clean;
  }

  /** In lab mode neither closing the window nor quitting happens before the sign-out. */
  guard(window: BrowserWindow): void {
    if (this.#lab === null) return;
    const hold = (event: { preventDefault(): void }): void => {
      if (this.#isDone) return;
      event.preventDefault();
      if (this.#isLeaving) return;
      this.#isLeaving = true;
      void this.#leave(window);
    };
    window.on('close', hold);
    app.on('before-quit', hold);
  }

  async #leave(window: BrowserWindow): Promise<void> {
    if (this.#orders.isListening) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onCleared = resolve;
      const patience = setTimeout(resolve, PATIENCE);
      this.#orders.give({ kind: 'sign-out' });
      await promise;
      clearTimeout(patience);
    }
    // Also what came after the page's own clean-up.
    if (!(await this.#clear())) writeLog('lab-not-clean');
    this.#isDone = true;
    if (!window.isDestroyed()) window.destroy();
    app.quit();
  }
}
