import { lazy, Suspense, useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import type Squire from 'squire-rte';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import { choosePasted } from './choose-pasted.ts';
import { FormatBar, readFormats } from './format-bar.tsx';
import { insertPictures, putCursorAt } from '../pictures/insert-pictures.ts';
import { isPicture } from '../pictures/picture-keeper.ts';
import { beginEditing, type Written } from './rich-body.ts';

const LinkPrompt = lazy(async () => ({ default: (await import('./link-prompt.tsx')).LinkPrompt }));
const PictureBar = lazy(async () => ({ default: (await import('../pictures/picture-bar.tsx')).PictureBar }));

/** The body with format, of a mail or of what else is written so. `onFiles` gets what is no picture. */
export function RichEditor({
  session,
  label,
  focus = false,
  onFiles,
}: {
  session: Written;
  label?: string;
  /** It takes the place of another editor, whose focus it goes on with. */
  focus?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const t = useText(composerTexts);
  const root = useRef<HTMLDivElement>(null);
  const squire = useRef<Squire | null>(null);
  const first = useRef(focus);
  const [formats, setFormats] = useState<ReturnType<typeof readFormats>>([]);
  const [linking, setLinking] = useState(false);
  const [picked, setPicked] = useState<HTMLImageElement | null>(null);
  useEffect(() => {
    if (root.current === null) return undefined;
    const { editor, end } = beginEditing(session, root.current);
    const look = (): void => {
      setFormats(readFormats(editor));
      const found = findPicked(editor);
      // What is done with a picture moves the selection too.
      setPicked((now) => found ?? (document.activeElement?.closest('.picture-bar') ? now : null));
    };
    for (const event of ['pathChange', 'select', 'cursor']) editor.addEventListener(event, look);
    squire.current = editor;
    if (first.current) editor.focus();
    return () => {
      squire.current = null;
      end();
    };
  }, [session]);
  const take = (files: readonly File[]): void => {
    const pictures = files.filter(({ type }) => isPicture(type));
    const others = files.filter(({ type }) => !isPicture(type));
    if (squire.current !== null) void insertPictures(squire.current, session.pictures, pictures);
    if (others.length > 0) onFiles(others);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = Array.from(event.clipboardData.files);
    const html = event.clipboardData.getData('text/html');
    if (choosePasted({ files: files.length, html }) === 'text') return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  };
  const onDrop = (event: DragEvent): void => {
    const files = Array.from(event.dataTransfer.files);
    // Other files are for the mail, wherever they are dropped.
    if (squire.current === null || !files.some(({ type }) => isPicture(type))) return;
    event.preventDefault();
    putCursorAt(squire.current, event.clientX, event.clientY);
    void insertPictures(
      squire.current,
      session.pictures,
      files.filter(({ type }) => isPicture(type)),
    );
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
        onDropCapture={onDrop}
        onClick={({ target }) => setPicked(target instanceof HTMLImageElement ? target : null)}
      />
      <Suspense fallback={null}>
        {picked === null ? null : (
          <PictureBar image={picked} editor={squire} onClose={() => setPicked(null)} />
        )}
      </Suspense>
      <FormatBar
        editor={squire}
        formats={formats}
        onFormats={setFormats}
        onLink={() => setLinking(true)}
        onPictures={take}
        onPlain={() => session.makePlain()}
      />
      <Suspense fallback={null}>
        {linking ? <LinkPrompt onClose={() => setLinking(false)} onLink={setLink} /> : null}
      </Suspense>
    </div>
  );
}

/** A picture that is all of what is selected, as Shift and an arrow do it. */
function findPicked(editor: Squire): HTMLImageElement | null {
  const { startContainer, startOffset, endContainer, endOffset } = editor.getSelection();
  const one = startContainer.childNodes[startOffset];
  const alone = startContainer === endContainer && endOffset === startOffset + 1;
  return alone && one instanceof HTMLImageElement ? one : null;
}
