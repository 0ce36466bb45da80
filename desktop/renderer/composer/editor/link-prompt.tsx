import { useState, type FormEvent } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { readTarget } from '../../reader/links/links.ts';
import { composerTexts } from '../../text/composer.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';

/** Asks where the selected words shall lead; null takes a link away. */
export function LinkPrompt({
  onLink,
  onClose,
}: {
  onLink: (url: string | null) => void;
  onClose: () => void;
}) {
  const t = useText(composerTexts);
  const shell = useText(shellTexts);
  const [text, setText] = useState('https://');
  const [bad, setBad] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const target = readTarget(/^[a-z]+:/i.test(text.trim()) ? text : `https://${text.trim()}`);
    setBad(target === null);
    if (target !== null) onLink(target.href);
  };
  return (
    <Dialog title={t('link')} closeLabel={shell('close')} onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <Field
            label={t('link-address')}
            value={text}
            autoFocus
            inputMode="url"
            problem={bad ? t('link-bad') : null}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <footer className="dialog-foot">
          <Button onClick={() => onLink(null)}>{t('link-remove')}</Button>
          <Button look="main" type="submit">
            {t('link-set')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
