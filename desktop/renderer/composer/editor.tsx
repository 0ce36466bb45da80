import { useEffect, useRef, useState, type ClipboardEvent } from 'react';
import Squire from 'squire-rte';
import { useStore } from '../parts/store.ts';
import { IconButton } from '../parts/button.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { composerTexts } from '../text/composer.ts';
import { useText } from '../text/text.ts';
import { cleanForEditor } from './clean-quote.ts';
import type { DraftSession } from './draft-session.ts';
import { LinkPrompt } from './link-prompt.tsx';

/** The body: with format by Squire, or plain text. */
export function Editor({ session, onFiles }: { session: DraftSession; onFiles: (files: File[]) => void }) {
  const { content, bodyRevision } = useStore(session.store);
  return content.html === null ? (
    <PlainEditor key={bodyRevision} session={session} />
  ) : (
    <RichEditor key={bodyRevision} session={session} onFiles={onFiles} />
  );
}

function PlainEditor({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  return (
    <div className="editor">
      <textarea
        className="editor-body editor-plain"
        aria-label={t('body')}
        data-testid="compose-body"
        value={content.text}
        onChange={(event) => session.edit({ text: event.target.value })}
      />
      <div className="editor-bar" role="toolbar" aria-label={t('format')}>
        <button type="button" className="link-button" onClick={() => session.edit({ html: toHtml(content.text) })}>
          {t('make-rich')}
        </button>
      </div>
    </div>
  );
}

function toHtml(text: string): string {
  const holder = document.createElement('div');
  for (const line of text.split('\n')) {
    const block = document.createElement('div');
    if (line === '') block.append(document.createElement('br'));
    else block.textContent = line;
    holder.append(block);
  }
  return holder.innerHTML;
}

function RichEditor({ session, onFiles }: { session: DraftSession; onFiles: (files: File[]) => void }) {
  const t = useText(composerTexts);
  const root = useRef<HTMLDivElement>(null);
  const squire = useRef<Squire | null>(null);
  const [path, setPath] = useState('');
  const [linking, setLinking] = useState(false);
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const editor = new Squire(element, {
      blockTag: 'DIV',
      sanitizeToDOMFragment: (html: string) => cleanForEditor(html),
      addLinks: true,
    });
    squire.current = editor;
    editor.setHTML(session.store.get().content.html ?? '');
    editor.moveCursorToStart();
    // Ctrl+Enter sends; Tab moves on, so that nobody is caught in the text (WCAG 2.1.2).
    for (const key of ['Tab', 'Shift-Tab', 'Ctrl-Enter', 'Meta-Enter']) editor.setKeyHandler(key, null);
    editor.addEventListener('pathChange', () => setPath(readFormats(editor)));
    editor.addEventListener('select', () => setPath(readFormats(editor)));
    // Filling in the text is told as input too; only what the person changes is a change.
    let initial: string | null = editor.getHTML();
    editor.addEventListener('input', () => {
      if (initial !== null && editor.getHTML() === initial) return;
      initial = null;
      session.touch();
    });
    session.readBody = () => ({ html: editor.getHTML(), text: element.innerText.replace(/\n{3,}/g, '\n\n') });
    return () => {
      if (session.dirty) session.edit(session.readBody?.() ?? {});
      session.readBody = null;
      editor.destroy();
      squire.current = null;
    };
  }, [session]);
  const act = (work: (editor: Squire) => void): void => {
    const editor = squire.current;
    if (editor === null) return;
    work(editor);
    editor.focus();
    setPath(readFormats(editor));
  };
  const toggle = (on: string, add: (editor: Squire) => void, remove: (editor: Squire) => void): void =>
    act((editor) => (path.includes(on) ? remove(editor) : add(editor)));
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || event.clipboardData.types.includes('text/html')) return;
    event.preventDefault();
    onFiles(files);
  };
  const button = (icon: IconName, label: string, on: string | null, run: () => void, keys?: string) => (
    <IconButton
      icon={icon}
      label={label}
      {...(keys === undefined ? {} : { keys })}
      {...(on === null ? {} : { pressed: path.includes(on) })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    />
  );
  return (
    <div className="editor">
      <div
        ref={root}
        className="editor-body editor-rich"
        role="textbox"
        aria-multiline="true"
        aria-label={t('body')}
        data-testid="compose-body"
        dir="auto"
        onPasteCapture={onPaste}
      />
      <div className="editor-bar" role="toolbar" aria-label={t('format')}>
        {button('bold', t('bold'), ' B ', () => toggle(' B ', (e) => e.bold(), (e) => e.removeBold()), 'Ctrl+B')}
        {button('italic', t('italic'), ' I ', () => toggle(' I ', (e) => e.italic(), (e) => e.removeItalic()), 'Ctrl+I')}
        {button(
          'underline',
          t('underline'),
          ' U ',
          () => toggle(' U ', (e) => e.underline(), (e) => e.removeUnderline()),
          'Ctrl+U',
        )}
        <span className="bar-gap" />
        {button('list', t('list'), ' UL ', () => toggle(' UL ', (e) => e.makeUnorderedList(), (e) => e.removeList()))}
        {button('numbers', t('numbers'), ' OL ', () => toggle(' OL ', (e) => e.makeOrderedList(), (e) => e.removeList()))}
        {button('quote', t('quote'), null, () => act((e) => e.increaseQuoteLevel()))}
        <span className="bar-gap" />
        {button('link', t('link'), ' A ', () => setLinking(true))}
        {button('unformat', t('unformat'), null, () => act((e) => e.removeAllFormatting()))}
        {button('undo', t('undo-typing'), null, () => act((e) => e.undo()), 'Ctrl+Z')}
        {button('redo', t('redo-typing'), null, () => act((e) => e.redo()))}
        <span className="top-bar-space" />
        <button
          type="button"
          className="link-button"
          onClick={() => session.edit({ ...session.readBody?.(), html: null })}
        >
          {t('make-plain')}
        </button>
      </div>
      {linking ? (
        <LinkPrompt
          onClose={() => setLinking(false)}
          onLink={(url) => {
            setLinking(false);
            act((editor) => (url === null ? editor.removeLink() : editor.makeLink(url)));
          }}
        />
      ) : null}
    </div>
  );
}

/** The formats at the cursor, as ` B  I  UL `. */
function readFormats(editor: Squire): string {
  const tags = ['B', 'I', 'U', 'UL', 'OL', 'A'].filter((tag) => editor.hasFormat(tag));
  return tags.map((tag) => ` ${tag} `).join('');
}
