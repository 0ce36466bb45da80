import { findRow, mailQuery, queries } from '../cache/mail-cache.ts';

/** Milliseconds that the cursor has to rest, and the largest mail (bytes) that is read ahead. */
const REST = 300;
const LARGEST = 50_000;

/** Reads the mail under the cursor ahead once it rests there; not when the person saves data. Returns how to stop. */
export function prefetchMail(id: string | null): () => void {
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  if (id === null || saves) return () => undefined;
  const timer = setTimeout(() => {
    const row = findRow(id);
    if (row !== null && row.role !== 'drafts' && row.size <= LARGEST)
      void queries.prefetchQuery(mailQuery(id));
  }, REST);
  return () => clearTimeout(timer);
}

/** The mail after the one that is open, once the person reads. */
export function prefetchNext(id: string): () => void {
  const list = [...document.querySelectorAll<HTMLElement>('[data-testid=message-row]')];
  const at = list.findIndex((row) => row.dataset['id'] === id);
  return prefetchMail(at === -1 ? null : (list[at + 1]?.dataset['id'] ?? null));
}
