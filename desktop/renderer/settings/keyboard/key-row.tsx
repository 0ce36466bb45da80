import { useEffect, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import type { Command } from '../../shell/commands.ts';
import { showKeys } from '../../shell/key-names.ts';
import { keysOf, type KeyMap } from '../../shell/keys.ts';
import { commandTexts } from '../../text/commands.ts';
import { keyboardTexts } from '../../text/keyboard.ts';
import { useText } from '../../text/text.ts';
import { isAsItCame } from './judge-keys.ts';
import { KeyRecorder } from './key-recorder.tsx';

/** A command with its keys; opened, it takes others. */
export function KeyRow({
  command,
  own,
  open,
  onOpen,
  onSave,
}: {
  command: Command;
  own: KeyMap;
  open: boolean;
  onOpen: (open: boolean) => void;
  onSave: (map: KeyMap) => void;
}) {
  const t = useText(keyboardTexts);
  const title = useText(commandTexts);
  const keys = keysOf(command, own);
  const button = useRef<HTMLSpanElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    // Closed by its own buttons, which are gone: the focus goes back to where it was opened.
    if (wasOpen.current && !open && document.activeElement === document.body)
      button.current?.querySelector('button')?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <li className="key-row" data-testid={`key-${command}`}>
      <span className="key-name">
        {title(command)}
        {isAsItCame(command, own) ? null : <span className="chip">{t('changed')}</span>}
      </span>
      <span className="key-keys">
        {keys.length === 0 ? <span className="key-none">{t('none')}</span> : null}
        {keys.map((one) => (
          <kbd key={one}>{showKeys(one)}</kbd>
        ))}
      </span>
      <span ref={button}>
        <Button
          look="quiet"
          aria-expanded={open}
          aria-label={t('change-of', { command: title(command) })}
          onClick={() => onOpen(!open)}
        >
          {t('change')}
        </Button>
      </span>
      {open ? (
        <KeyRecorder command={command} own={own} onSave={onSave} onClose={() => onOpen(false)} />
      ) : null}
    </li>
  );
}
