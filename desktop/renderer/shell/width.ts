import { useSyncExternalStore } from 'react';

/** Panes side by side: three from 1200 px on, two from 720, else one. */
export type Layout = 'three' | 'two' | 'one';

const wide = typeof matchMedia === 'undefined' ? null : matchMedia('(min-width: 1200px)');
const middle = typeof matchMedia === 'undefined' ? null : matchMedia('(min-width: 720px)');

function subscribe(listener: () => void): () => void {
  wide?.addEventListener('change', listener);
  middle?.addEventListener('change', listener);
  return () => {
    wide?.removeEventListener('change', listener);
    middle?.removeEventListener('change', listener);
  };
}

function read(): Layout {
  if (wide?.matches === true) return 'three';
  return middle?.matches === true ? 'two' : 'one';
}

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, read);
}
