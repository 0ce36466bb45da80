import { useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type Squire from 'squire-rte';
import { IconButton } from '../../parts/button.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import { moveInBar } from './move-in-bar.ts';

type Format = 'B' | 'I' | 'U' | 'UL' | 'OL' | 'A';

/** The formats at the cursor. */
export function readFormats(editor: Squire): readonly Format[] {
  return (['B', 'I', 'U', 'UL', 'OL', 'A'] as const).filter((tag) => editor.hasFormat(tag));
}

interface Action {
  icon: IconName;
  label:
    | 'bold'
    | 'italic'
    | 'underline'
    | 'list'
    | 'numbers'
    | 'quote'
    | 'unformat'
    | 'undo-typing'
    | 'redo-typing';
  keys?: string;
  /** A format that is on or off; others just act. */
  format?: Format;
  add: (editor: Squire) => unknown;
  remove?: (editor: Squire) => unknown;
}

const ACTIONS: readonly (Action | 'gap' | 'link' | 'picture')[] = [
  {
    icon: 'bold',
    label: 'bold',
    keys: 'Ctrl+B',
    format: 'B',
    add: (e) => e.bold(),
    remove: (e) => e.removeBold(),
  },
  {
    icon: 'italic',
    label: 'italic',
    keys: 'Ctrl+I',
    format: 'I',
    add: (e) => e.italic(),
    remove: (e) => e.removeItalic(),
  },
  {
    icon: 'underline',
    label: 'underline',
    keys: 'Ctrl+U',
    format: 'U',
    add: (e) => e.underline(),
    remove: (e) => e.removeUnderline(),
  },
  'gap',
  {
    icon: 'list',
    label: 'list',
    keys: 'Ctrl+Shift+8',
    format: 'UL',
    add: (e) => e.makeUnorderedList(),
    remove: (e) => e.removeList(),
  },
  {
    icon: 'numbers',
    label: 'numbers',
    keys: 'Ctrl+Shift+9',
    format: 'OL',
    add: (e) => e.makeOrderedList(),
    remove: (e) => e.removeList(),
  },
  { icon: 'quote', label: 'quote', keys: 'Ctrl+]', add: (e) => e.increaseQuoteLevel() },
  'gap',
  'link',
  'picture',
  { icon: 'unformat', label: 'unformat', add: (e) => e.removeAllFormatting() },
  { icon: 'undo', label: 'undo-typing', keys: 'Ctrl+Z', add: (e) => e.undo() },
  { icon: 'redo', label: 'redo-typing', keys: 'Ctrl+Y', add: (e) => e.redo() },
];

/** What can be done with the words under the cursor. The buttons leave the selection where it is. */
export function FormatBar({
  editor,
  formats,
  onFormats,
  onLink,
  onPictures,
  onPlain,
}: {
  editor: RefObject<Squire | null>;
  formats: readonly Format[];
  onFormats: (formats: readonly Format[]) => void;
  onLink: () => void;
  onPictures: (pictures: File[]) => void;
  onPlain: () => void;
}) {
  const t = useText(composerTexts);
  const pictures = useRef<HTMLInputElement>(null);
  /** The one that Tab comes to; arrows lead to the others (ARIA: toolbar). */
  const [current, setCurrent] = useState(0);
  const hold = (at: number) => ({
    tabIndex: at === current ? 0 : -1,
    onFocus: () => setCurrent(at),
    onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(),
  });
  const run = (action: Action): void => {
    const squire = editor.current;
    if (squire === null) return;
    const on = action.format !== undefined && formats.includes(action.format);
    if (on && action.remove !== undefined) action.remove(squire);
    else action.add(squire);
    squire.focus();
    onFormats(readFormats(squire));
  };
  return (
    <div
      className="editor-bar"
      role="toolbar"
      aria-label={t('format')}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => moveInBar(event)}
    >
      {ACTIONS.map((action, at) => {
        if (action === 'gap') return <span key={at} className="bar-gap" />;
        if (action === 'link') {
          return (
            <IconButton
              key="link"
              icon="link"
              label={t('link')}
              pressed={formats.includes('A')}
              {...hold(at)}
              onClick={onLink}
            />
          );
        }
        if (action === 'picture') {
          return (
            <IconButton
              key="picture"
              icon="image"
              label={t('picture')}
              data-testid="compose-picture"
              {...hold(at)}
              onClick={() => pictures.current?.click()}
            />
          );
        }
        return (
          <IconButton
            key={action.label}
            icon={action.icon}
            label={t(action.label)}
            {...(action.keys === undefined ? {} : { keys: action.keys })}
            {...(action.format === undefined ? {} : { pressed: formats.includes(action.format) })}
            {...hold(at)}
            onClick={() => run(action)}
          />
        );
      })}
      <span className="top-bar-space" />
      <button type="button" className="link-button" {...hold(ACTIONS.length)} onClick={onPlain}>
        {t('make-plain')}
      </button>
      <input
        ref={pictures}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        hidden
        data-testid="compose-pictures"
        onChange={(event) => {
          onPictures([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
