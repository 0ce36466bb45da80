import type { MailFilter } from '../../../../common/shapes/selection.ts';
import { makeSessionStore } from '../../session/forget.ts';

/** Every mail that a filter describes, also those that are not loaded. */
export interface Everything {
  where: MailFilter;
  total: number;
  /** As `readShownUpTo` had it when this was asked for. */
  upTo: number | null;
}

/** The mails that are ticked in the list, and the one that the cursor is on. */
export interface Selection {
  ticked: ReadonlySet<string>;
  /** More than what is ticked: what the person asked for by a description. */
  everything: Everything | null;
  cursor: string | null;
  /** Where a range began. */
  anchor: string | null;
}

const NOTHING: Selection = { ticked: new Set(), everything: null, cursor: null, anchor: null };
export const selectionStore = makeSessionStore<Selection>(NOTHING);

export function clearTicks(): void {
  selectionStore.change((state) =>
    state.ticked.size === 0 && state.everything === null
      ? state
      : { ...state, ticked: new Set(), everything: null, anchor: null },
  );
}

export function resetSelection(): void {
  selectionStore.set(NOTHING);
}

export function setCursor(id: string | null): void {
  selectionStore.change((state) => (state.cursor === id ? state : { ...state, cursor: id }));
}

export function toggleTick(id: string): void {
  selectionStore.change((state) => {
    const ticked = new Set(state.ticked);
    if (!ticked.delete(id)) ticked.add(id);
    return { ticked, everything: null, cursor: id, anchor: id };
  });
}

/** Ticks everything from the anchor to `id`, in the order of the list. */
export function tickRange(ids: readonly string[], id: string): void {
  selectionStore.change((state) => {
    const anchor = state.anchor ?? state.cursor ?? id;
    const from = ids.indexOf(anchor);
    const to = ids.indexOf(id);
    if (from === -1 || to === -1) return { ticked: new Set([id]), everything: null, cursor: id, anchor: id };
    const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ticked: new Set(range), everything: null, cursor: id, anchor };
  });
}

/** Ticks every row that is loaded. */
export function tickAll(ids: readonly string[]): void {
  selectionStore.change((state) => ({ ...state, ticked: new Set(ids), everything: null }));
}

/** From what is ticked on to everything that the filter describes. */
export function selectEverything(everything: Everything): void {
  selectionStore.change((state) => ({ ...state, everything }));
}

/** Mails that left the list are no longer ticked. */
export function keepPresent(ids: readonly string[]): void {
  const present = new Set(ids);
  selectionStore.change((state) => {
    const gone = [...state.ticked].some((id) => !present.has(id));
    return gone ? { ...state, ticked: new Set([...state.ticked].filter((id) => present.has(id))) } : state;
  });
}
