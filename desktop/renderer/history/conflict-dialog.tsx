import { useState } from 'react';
import type { Fields } from '../../../common/profile/merge-values.ts';
import { Button } from '../parts/button.tsx';
import { Segments } from '../parts/choice-fields.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { historyTexts } from '../text/history.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { useFieldName } from './field-names.ts';
import { listConflicts, settleConflict } from './settle-conflict.ts';
import { showValue } from './show-value.ts';
import { useValueWords } from './value-words.ts';

/**
 * The same item was changed on another PC: for each field that both changed the person says whose it is to be; what only one
 * of them changed stays changed. `theirs` null: it was removed there.
 */
export function ConflictDialog({
  before,
  mine,
  theirs,
  onDecided,
  onClose,
}: {
  /** As it was when the person began. */
  before: Fields | null;
  mine: Fields;
  theirs: Fields | null;
  /** Null: theirs stays as it is. */
  onDecided: (value: Fields | null) => void;
  onClose: () => void;
}) {
  const t = useText(historyTexts);
  const shell = useText(shellTexts);
  const nameField = useFieldName();
  const words = useValueWords(null);
  const names = theirs === null ? [] : listConflicts(before, theirs, mine);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const decide = (): void => {
    onDecided(theirs === null ? mine : settleConflict(before, theirs, mine, taken));
  };
  return (
    <Dialog wide title={t('conflict')} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body" data-testid="conflict">
        <p>{t(theirs === null ? 'conflict-removed' : 'conflict-lead')}</p>
        {names.map((name) => (
          <div key={name} className="group">
            <Segments
              label={nameField(name)}
              value={taken.has(name) ? 'theirs' : 'mine'}
              choices={[
                { value: 'mine', label: t('mine') },
                { value: 'theirs', label: t('theirs') },
              ]}
              onPick={(value) => {
                const next = new Set(taken);
                if (value === 'theirs') next.add(name);
                else next.delete(name);
                setTaken(next);
              }}
            />
            <p className="card-note">
              {t('mine')}: {words(showValue(mine[name])) || t('nothing')}
            </p>
            <p className="card-note">
              {t('theirs')}: {words(showValue(theirs?.[name])) || t('nothing')}
            </p>
          </div>
        ))}
      </div>
      <footer className="dialog-foot">
        <Button onClick={() => onDecided(null)}>{t('take-theirs')}</Button>
        <Button look="main" data-testid="conflict-save" onClick={decide}>
          {t(theirs === null ? 'make-again' : 'save-choice')}
        </Button>
      </footer>
    </Dialog>
  );
}
