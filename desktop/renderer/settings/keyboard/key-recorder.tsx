import { useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '../../parts/button.tsx';
import { FieldNote } from '../../parts/field.tsx';
import type { Command } from '../../shell/commands.ts';
import { showKeys } from '../../shell/key-names.ts';
import { keysOf, nameKey, type KeyMap } from '../../shell/keys.ts';
import { commandTexts } from '../../text/commands.ts';
import { keyboardTexts } from '../../text/keyboard.ts';
import { shellTexts } from '../../text/shell.ts';
import { languageStore, useText } from '../../text/text.ts';
import { useStore } from '../../parts/store.ts';
import { assignKeys, isAsItCame, judgeKeys } from './judge-keys.ts';
import { addKey, isRecordable } from './record-keys.ts';

/** A field that takes keys as they are pressed. Tab and Esc lead out of it as everywhere. */
export function KeyRecorder({
  command,
  own,
  onSave,
  onClose,
}: {
  command: Command;
  own: KeyMap;
  onSave: (map: KeyMap) => void;
  onClose: () => void;
}) {
  const t = useText(keyboardTexts);
  const title = useText(commandTexts);
  const shell = useText(shellTexts);
  const language = useStore(languageStore);
  const [keys, setKeys] = useState('');
  const last = useRef(0);
  const judged = keys === '' ? null : judgeKeys(command, keys, own);
  const id = `keys-of-${command}`;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (judged !== null && judged.kind !== 'reserved') onSave(assignKeys(command, [keys], own));
      return;
    }
    if (!isRecordable(event.key) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const now = Date.now();
    const between = now - last.current;
    last.current = now;
    setKeys(addKey(keys, nameKey(event), between));
  };
  const others = judged?.kind === 'taken' ? judged.by.map((one) => title(one)) : [];
  const note =
    judged === null
      ? t('press')
      : judged.kind === 'reserved'
        ? t('reserved', { keys: showKeys(keys) })
        : judged.kind === 'taken'
          ? t('taken', {
              keys: showKeys(keys),
              commands: new Intl.ListFormat(language).format(others),
            })
          : t('free', { keys: showKeys(keys) });
  return (
    <div className="key-recorder" role="group" aria-label={t('change-of', { command: title(command) })}>
      <div className="field">
        <label htmlFor={id}>{t('new-keys')}</label>
        <input
          id={id}
          className="input"
          autoFocus
          readOnly
          value={keys === '' ? '' : showKeys(keys)}
          aria-describedby={`${id}-note`}
          aria-invalid={judged?.kind === 'reserved' ? true : undefined}
          data-testid="key-recorder"
          onKeyDown={onKey}
        />
        <div aria-live="polite">
          <FieldNote
            id={`${id}-note`}
            hint={judged?.kind === 'reserved' ? null : note}
            problem={judged?.kind === 'reserved' ? note : null}
          />
        </div>
      </div>
      <div className="card-actions">
        <Button
          look="main"
          disabled={judged === null || judged.kind === 'reserved'}
          onClick={() => onSave(assignKeys(command, [keys], own))}
        >
          {judged?.kind === 'taken' ? t('take') : t('save')}
        </Button>
        {keysOf(command, own).length === 0 ? null : (
          <Button onClick={() => onSave(assignKeys(command, [], own))}>{t('no-key')}</Button>
        )}
        {isAsItCame(command, own) ? null : (
          <Button onClick={() => onSave(bringBack(command, own))}>{t('back')}</Button>
        )}
        <Button look="quiet" onClick={onClose}>
          {shell('cancel')}
        </Button>
      </div>
    </div>
  );
}

function bringBack(command: Command, own: KeyMap): KeyMap {
  return assignKeys(command, keysOf(command, {}), own);
}
