import Squire from 'squire-rte';
import { htmlToText } from '../../../../common/compose/html-to-text.ts';
import type { Body, BodyEditor } from '../session/draft-state.ts';
import { cleanForEditor, writeOut } from './clean-for-editor.ts';
import { NOT_HERE_YET, type PictureKeeper } from '../pictures/picture-keeper.ts';

/** Keys that are not the text's: Ctrl+Enter sends, Tab moves on, so that nobody is caught in the text (WCAG 2.1.2). */
const NOT_OURS = ['Tab', 'Shift-Tab', 'Ctrl-Enter', 'Meta-Enter'];

/** What is written: what it begins with, who hears of changes, who reads it, and where its pictures are. */
export interface Written {
  store: { get(): { content: { html: string | null } } };
  touch(): void;
  lendBody(editor: BodyEditor): () => void;
  makePlain(): void;
  pictures: PictureKeeper;
}

/** Ties an editor to its draft; returns how to untie it. */
export function beginEditing(session: Written, root: HTMLElement): { editor: Squire; end: () => void } {
  const { pictures } = session;
  const editor = new Squire(root, {
    blockTag: 'DIV',
    sanitizeToDOMFragment: (html: string) => cleanForEditor(html, pictures),
    addLinks: true,
  });
  // Its handles need styles that the page's policy refuses, and they take the keyboard away; ours is picture-bar.tsx.
  editor._imageResizer.destroy();
  editor.setHTML(session.store.get().content.html ?? '');
  editor.moveCursorToStart();
  for (const key of NOT_OURS) editor.setKeyHandler(key, null);
  followPictures(editor, root, pictures);
  // Filling in the text is told as input too; only what the person changes is a change.
  let initial: string | null = editor.getHTML();
  editor.addEventListener('input', () => {
    if (initial !== null && editor.getHTML() === initial) return;
    initial = null;
    followPictures(editor, root, pictures);
    session.touch();
  });
  const stop = session.lendBody({
    read: () => readBody(editor),
    insert: ({ html }) => {
      editor.insertHTML(html);
      editor.focus();
    },
    show: ({ html }) => showBody(editor, root, cleanForEditor(html ?? '', pictures)),
  });
  return {
    editor,
    end: () => {
      stop();
      editor.destroy();
    },
  };
}

function readBody(editor: Squire): Body {
  const html = writeOut(editor.getHTML());
  // The line before a signature ends in a space, by which programs know it (RFC 3676 4.3).
  return { html, text: htmlToText(html).replace(/^--$/m, '-- ') };
}

/** Only what differs is put in anew: the cursor stays in the text that stays, and so does what can be undone. */
function showBody(editor: Squire, root: HTMLElement, next: DocumentFragment): void {
  const before = [...root.children].map(({ outerHTML }) => outerHTML);
  const after = [...next.children];
  const same = (a: string | undefined, b: Element | undefined) => b !== undefined && a === b.outerHTML;
  let first = 0;
  while (first < before.length && same(before[first], after[first])) first += 1;
  let last = 0;
  while (
    last < Math.min(before.length, after.length) - first &&
    same(before.at(-1 - last), after.at(-1 - last))
  )
    last += 1;
  editor.saveUndoState();
  const old = [...root.children].slice(first, root.children.length - last);
  const place = root.children[root.children.length - last] ?? null;
  for (const one of after.slice(first, after.length - last)) root.insertBefore(one, place);
  for (const one of old) one.remove();
  // Never without a line to write in.
  if (root.childElementCount === 0) root.append(editor.createDefaultBlock());
  const selection = getSelection();
  if (selection?.anchorNode !== root) return;
  const range = document.createRange();
  range.selectNodeContents(root.children[Math.min(first, root.childElementCount - 1)] ?? root);
  range.collapse(false);
  editor.setSelection(range);
}

/** What the text shows now, and what is still to be fetched of it. */
function followPictures(editor: Squire, root: HTMLElement, pictures: PictureKeeper): void {
  for (const image of root.querySelectorAll<HTMLImageElement>('img[src^="data:"]')) {
    // A signature has its pictures with it, small as they are: they go when it goes.
    if (image.dataset['cid'] !== undefined || image.closest('[data-signature]') !== null) continue;
    const name = pictures.adopt(image.src);
    if (name !== null) change(editor, () => (image.dataset['cid'] = name));
  }
  const named = [...root.querySelectorAll<HTMLImageElement>('img[data-cid]')];
  pictures.note(named.map(({ dataset }) => dataset['cid'] ?? ''));
  for (const image of named) {
    if (image.getAttribute('src') !== NOT_HERE_YET) continue;
    void pictures.load(image.dataset['cid'] ?? '').then((url) => {
      if (url !== null) change(editor, () => (image.src = url));
      return null;
    });
  }
}

/** Not something that a person did: nothing to save or to undo. */
function change(editor: Squire, how: () => unknown): void {
  editor.modifyDocument(() => void how());
}
