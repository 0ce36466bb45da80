import { useState, type RefObject } from 'react';
import type Squire from 'squire-rte';
import { Button } from '../../parts/button.tsx';
import { Segments } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { editorTexts } from '../../text/editor.ts';
import { useText } from '../../text/text.ts';

/** Widths in pixels that a picture can be shown at; null: as wide as it is. */
const WIDTHS = { small: 200, medium: 400, large: 640, own: null } as const;
type Size = keyof typeof WIDTHS;

/** What can be done with a picture of the text: its size, its words for who cannot see it, and taking it out. */
export function PictureBar({
  image,
  editor,
  onClose,
}: {
  image: HTMLImageElement;
  editor: RefObject<Squire | null>;
  onClose: () => void;
}) {
  const t = useText(editorTexts);
  const [, setCount] = useState(0);
  const change = (how: () => void): void => {
    editor.current?.saveUndoState();
    how();
    setCount((count) => count + 1);
  };
  // Not as wide as it is drawn: a narrow window makes it smaller.
  const given = image.getAttribute('width');
  const width = given === null ? null : Number(given);
  const size = (Object.keys(WIDTHS) as Size[]).find((name) => WIDTHS[name] === width) ?? '';
  const setSize = (name: string): void =>
    change(() => {
      image.removeAttribute('height');
      const wanted = WIDTHS[name as Size];
      if (wanted === null) image.removeAttribute('width');
      else image.width = wanted;
    });
  const close = (): void => {
    onClose();
    editor.current?.focus();
  };
  return (
    <div
      className="picture-bar"
      role="group"
      aria-label={t('picture-bar')}
      data-testid="picture-bar"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <Segments
        label={t('picture-size')}
        value={size}
        choices={(Object.keys(WIDTHS) as Size[]).map((name) => ({
          value: name,
          label: t(`picture-${name}`),
        }))}
        onPick={setSize}
      />
      <Field
        label={t('picture-words')}
        value={image.alt}
        maxLength={300}
        data-testid="picture-words"
        onChange={(event) => change(() => (image.alt = event.target.value))}
      />
      <Button
        look="quiet"
        onClick={() => {
          change(() => image.remove());
          close();
        }}
      >
        {t('picture-remove')}
      </Button>
    </div>
  );
}
