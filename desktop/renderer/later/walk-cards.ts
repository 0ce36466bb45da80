import { useRef, type RefObject } from 'react';
import { useCommands } from '../shell/commands.ts';

/** The keys of lists, for a list of cards: each card's first button takes the focus in turn. */
export function useCardKeys(): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1): void => {
    const all = [...(scroller.current?.querySelectorAll<HTMLElement>('.later-open') ?? [])];
    const card = document.activeElement?.closest('.later-card');
    const at = all.findIndex((one) => one.closest('.later-card') === card);
    const next = at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by));
    all[next]?.focus();
  };
  useCommands({ next: () => step(1), previous: () => step(-1) });
  return scroller;
}
