import type { DragEvent } from 'react';
import { mailTexts } from '../../text/mail.ts';
import { say } from '../../text/text.ts';
import { selectionStore } from '../selection/selection.ts';

/** Of our own, so that nothing else takes rows for text and mailboxes take nothing else. */
const TYPE = 'application/x-valija-mails';

/** The ticked mails when one of them is taken, else that one. */
export function startDrag(event: DragEvent<HTMLElement>): void {
  const id = (event.target as HTMLElement).closest<HTMLElement>('[role=row]')?.dataset['id'];
  if (id === undefined) return;
  const { ticked } = selectionStore.get();
  const ids = ticked.has(id) ? [...ticked] : [id];
  event.dataTransfer.setData(TYPE, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = 'move';
  const label = document.createElement('div');
  label.className = 'drag-label';
  label.textContent = say(mailTexts, 'mail-count', { n: ids.length });
  document.body.append(label);
  event.dataTransfer.setDragImage(label, 12, 12);
  // The browser has drawn it when the event is over.
  setTimeout(() => label.remove());
}

/** Places that take mails have `data-drop`: `box …` or `label …`. */
function findPlace(event: DragEvent<HTMLElement>): HTMLElement | null {
  if (!event.dataTransfer.types.includes(TYPE)) return null;
  return (event.target as HTMLElement).closest<HTMLElement>('[data-drop]');
}

/** For what holds the places: where mails may be let go of, and what happens then. */
export const dropTarget = {
  onDragOver: (event: DragEvent<HTMLElement>): void => {
    const place = findPlace(event);
    if (place === null) return;
    event.preventDefault();
    place.dataset['over'] = 'true';
  },
  onDragLeave: (event: DragEvent<HTMLElement>): void => {
    delete findPlace(event)?.dataset['over'];
  },
  onDrop: (event: DragEvent<HTMLElement>): void => {
    const place = findPlace(event);
    if (place === null) return;
    event.preventDefault();
    delete place.dataset['over'];
    const ids = JSON.parse(event.dataTransfer.getData(TYPE)) as string[];
    const to = place.dataset['drop'] ?? '';
    void import('./drop-mails.ts').then(({ dropMails }) => dropMails(ids, to));
  },
};
