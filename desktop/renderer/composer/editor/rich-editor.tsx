import { lazy, Suspense, useEffect, useRef, useState, type ClipboardEvent } from 'react';
import Squire from 'squire-rte';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import { cleanForEditor } from './clean-quote.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { FormatBar, readFormats } from './format-bar.tsx';

const LinkPrompt = lazy(async () => ({ default: (await import('./link-prompt.tsx')).LinkPrompt }));

/** Keys that are not the text's: Ctrl+Enter sends, Tab moves on, so that nobody is caught in the text (WCAG 2.1.2). */
const NOT_OURS = ['Tab', 'Shift-Tab', 'Ctrl-Enter', 'Meta-Enter'];

/** What is written: what it begins with, who hears of changes, and who reads it. */
export interface Written extends Pick<DraftSession, 'touch' | 'lendBody' | 'makePlain'> {
  store: { get(): { content: { html: string | null } } };
}

/** Ties an editor to its draft; returns how to untie it. */
function beginEditing(session: Written, root: HTMLElement): { editor: Squire; end: () => void } {
  const editor = new Squire(root, {
    blockTag: 'DIV',
    sanitizeToDOMFragment: (html: string) => cleanForEditor(html),
    addLinks: true,
  });
  editor.setHTML(session.store.get().content.html ?? '');
  editor.moveCursorToStart();
  for (const key of NOT_OURS) editor.setKeyHandler(key, null);
  // Filling in the text is told as input too; only what the person changes is a change.
  let initial: string | null = editor.getHTML();
  editor.addEventListener('input', () => {
    if (initial !== null && editor.getHTML() === initial) return;
    initial = null;
    session.touch();
  });
  const stop = session.lendBody(
    () => ({ html: editor.getHTML(), text: root.innerText.replace(/\n{3,}/g, '\n\n') }),
    (html) => {
      editor.insertHTML(html);
      editor.focus();
    },
  );
  return {
    editor,
    end: () => {
      stop();
      editor.destroy();
    },
  };
}

/** The body with format, of a mail or of what else is written so. */
export function RichEditor({
  session,
  label,
  onFiles,
}: {
  session: Written;
  label?: string;
  onFiles: (files: File[]) => void;
}) {
  const t = useText(composerTexts);
  const root = useRef<HTMLDivElement>(null);
  const squire = useRef<Squire | null>(null);
  const [formats, setFormats] = useState<ReturnType<typeof readFormats>>([]);
  const [linking, setLinking] = useState(false);
  useEffect(() => {
    if (root.current === null) return undefined;
    const { editor, end } = beginEditing(session, root.current);
    const look = (): void => setFormats(readFormats(editor));
    editor.addEventListener('pathChange', look);
    editor.addEventListener('select', look);
    squire.current = editor;
    return () => {
      squire.current = null;
      end();
    };
  }, [session]);
  const onPaste = (event: ClipboardEvent): void => {
    const files = Array.from(event.clipboardData.files);
    if (files.length === 0 || event.clipboardData.types.includes('text/html')) return;
    event.preventDefault();
    onFiles(files);
  };
  const setLink = (url: string | null): void => {
    setLinking(false);
    const editor = squire.current;
    if (editor === null) return;
    if (url === null) editor.removeLink();
    else editor.makeLink(url);
    editor.focus();
  };
  return (
    <div className="editor">
      <div
        ref={root}
        className="editor-body editor-rich"
        role="textbox"
        aria-multiline="true"
        aria-label={label ?? t('body')}
        data-testid="compose-body"
        dir="auto"
        tabIndex={0}
        onPasteCapture={onPaste}
      />
      <FormatBar
        editor={squire}
        formats={formats}
        onFormats={setFormats}
        onLink={() => setLinking(true)}
        onPlain={() => session.makePlain()}
      />
      <Suspense fallback={null}>
        {linking ? <LinkPrompt onClose={() => setLinking(false)} onLink={setLink} /> : null}
      </Suspense>
    </div>
  );
}
