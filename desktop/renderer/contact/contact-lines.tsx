import { useState } from 'react';
import { Button, IconButton } from '../parts/button.tsx';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';

/** An address or a number, and what it is for. */
export interface Line {
  text: string;
  kind: string | null;
}

/** The addresses or numbers of a card, one in a line; `problem` is the one that is not right. */
export function ContactLines({
  kind,
  lines,
  problem,
  onLines,
}: {
  kind: 'email' | 'phone';
  lines: readonly Line[];
  problem: string | null;
  onLines: (lines: Line[]) => void;
}) {
  const t = useText(contactTexts);
  const [added, setAdded] = useState(false);
  // There is always one to type into.
  const shown = lines.length === 0 ? [{ text: '', kind: null }] : lines;
  const change = (at: number, part: Partial<Line>): void =>
    onLines(shown.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <fieldset className="group">
      <legend>{t(kind)}</legend>
      {shown.map((line, at) => {
        const bad = problem !== null && line.text.trim().toLowerCase() === problem.toLowerCase();
        return (
          <div key={at} className="contact-line">
            <input
              className="input"
              type={kind === 'email' ? 'email' : 'tel'}
              aria-label={t(`line-${kind}`, { n: at + 1 })}
              aria-invalid={bad || undefined}
              value={line.text}
              maxLength={kind === 'email' ? 320 : 500}
              autoComplete="off"
              autoFocus={added && at === shown.length - 1}
              data-testid={`contact-${kind}`}
              onChange={(event) => change(at, { text: event.target.value })}
            />
            <input
              className="input"
              aria-label={t('kind-n', { n: at + 1 })}
              placeholder={t('kind')}
              value={line.kind ?? ''}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => change(at, { kind: event.target.value || null })}
            />
            <IconButton
              icon="close"
              label={t('remove-line', { text: line.text || t(`line-${kind}`, { n: at + 1 }) })}
              onClick={() => onLines(shown.filter((_, index) => index !== at))}
            />
            {bad ? <p className="field-problem">{t('address-bad')}</p> : null}
          </div>
        );
      })}
      <div>
        <Button
          icon="plus"
          onClick={() => {
            setAdded(true);
            onLines([...shown, { text: '', kind: null }]);
          }}
        >
          {t(`more-${kind}`)}
        </Button>
      </div>
    </fieldset>
  );
}
