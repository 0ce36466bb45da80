import type { RefObject } from 'react';
import type Squire from 'squire-rte';
import { IconButton } from '../../parts/button.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';

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

const ACTIONS: readonly (Action | 'gap' | 'link')[] = [
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
    format: 'UL',
    add: (e) => e.makeUnorderedList(),
    remove: (e) => e.removeList(),
  },
  {
    icon: 'numbers',
    label: 'numbers',
    format: 'OL',
    add: (e) => e.makeOrderedList(),
    remove: (e) => e.removeList(),
  },
  { icon: 'quote', label: 'quote', add: (e) => e.increaseQuoteLevel() },
  'gap',
  'link',
  { icon: 'unformat', label: 'unformat', add: (e) => e.removeAllFormatting() },
  { icon: 'undo', label: 'undo-typing', keys: 'Ctrl+Z', add: (e) => e.undo() },
  { icon: 'redo', label: 'redo-typing', add: (e) => e.redo() },
];

/** What can be done with the words under the cursor. The buttons leave the selection where it is. */
export function FormatBar({
  editor,
  formats,
  onFormats,
  onLink,
  onPlain,
}: {
  editor: RefObject<Squire | null>;
  formats: readonly Format[];
  onFormats: (formats: readonly Format[]) => void;
  onLink: () => void;
  onPlain: () => void;
}) {
  const t = useText(composerTexts);
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
    <div className="editor-bar" role="toolbar" aria-label={t('format')}>
      {ACTIONS.map((action, at) => {
        if (action === 'gap') return <span key={at} className="bar-gap" />;
        if (action === 'link') {
          return (
            <IconButton
              key="link"
              icon="link"
              label={t('link')}
              pressed={formats.includes('A')}
              onMouseDown={(event) => event.preventDefault()}
              onClick={onLink}
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
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(action)}
          />
        );
      })}
      <span className="top-bar-space" />
      <button type="button" className="link-button" onClick={onPlain}>
        {t('make-plain')}
      </button>
    </div>
  );
}
