import type { NativeApi } from '../../native-api/native-api.ts';

declare global {
  interface Window {
    /** Put there by the desktop shell's preload script; absent in a browser. */
    valija?: NativeApi;
  }
}

/** The desktop shell, or null in a browser. */
export const native: NativeApi | null = typeof window === 'undefined' ? null : (window.valija ?? null);
