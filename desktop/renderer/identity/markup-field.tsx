import { lazy, Suspense, useId, useMemo } from 'react';
import type { BodyEditor } from '../composer/session/draft-state.ts';
import { TextField } from '../parts/choice-fields.tsx';
import { Skeleton } from '../parts/states.tsx';

/** The composer's own editor: it is there already once a mail was written. */
const MarkupEditor = lazy(async () => {
  const { MarkupEditor: Editor } = await import('../composer/composer.tsx');
  return { default: Editor };
});

export interface Markup {
  text: string;
  /** Null: plain text. */
  html: string | null;
}

/** A text with or without format. `place` changes when another text is to be shown; `onMarkup` hears of every change. */
export function MarkupField({
  label,
  place,
  value,
  hint,
  onMarkup,
}: {
  label: string;
  place: string;
  value: Markup;
  hint: string;
  onMarkup: (value: Markup) => void;
}) {
  const id = useId();
  // What the editor begins with; what it holds afterwards it says itself.
  const written = useMemo(() => {
    let editor: BodyEditor | null = null;
    const tell = (): void => {
      if (editor !== null) onMarkup(trim(editor.read()));
    };
    return {
      store: { get: () => ({ content: { html: value.html } }) },
      touch: tell,
      lendBody: (lent: BodyEditor) => {
        editor = lent;
        return () => (editor = null);
      },
      makePlain: () => onMarkup({ text: (editor?.read() ?? value).text.trim(), html: null }),
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [place, value.html === null]);
  if (value.html === null) {
    return (
      <TextField
        label={label}
        value={value.text}
        rows={6}
        maxLength={20_000}
        hint={hint}
        onText={(text) => onMarkup({ text, html: null })}
      />
    );
  }
  return (
    <div className="field">
      <span id={id} className="field-label">
        {label}
      </span>
      <div className="markup-field" role="group" aria-labelledby={id}>
        <Suspense fallback={<Skeleton rows={3} kind="text" />}>
          <MarkupEditor key={place} text={written} label={label} />
        </Suspense>
      </div>
      <p className="field-hint">{hint}</p>
    </div>
  );
}

function trim({ html, text }: Markup): Markup {
  return { html, text: text.replace(/\u00a0/g, ' ').trim() };
}
