import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS } from '../native-api/channels.ts';
import type { NativeApi, NativeOrder } from '../native-api/native-api.ts';

const listeners = new Set<(order: NativeOrder) => void>();

ipcRenderer.on(CHANNELS.order, (_event, order: NativeOrder) => {
  for (const listener of listeners) listener(order);
});

/** Everything that the page can reach of the shell. It hands on plain values only; main checks sender and arguments. */
const api: NativeApi = {
  start: () => ipcRenderer.invoke(CHANNELS.start),
  keepSession: (session) => ipcRenderer.invoke(CHANNELS.keepSession, session),
  clearSession: () => ipcRenderer.invoke(CHANNELS.clearSession),
  announce: (state) => ipcRenderer.invoke(CHANNELS.announce, state),
  onOrder: (listener) => {
    listeners.add(listener);
    ipcRenderer.send(CHANNELS.listen, true);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) ipcRenderer.send(CHANNELS.listen, false);
    };
  },
};

contextBridge.exposeInMainWorld('valija', api);
