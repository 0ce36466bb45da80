import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { paletteTexts } from '../../text/palette.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { hintKeys } from '../key-names.ts';
import type { Target } from './list-targets.ts';
import { chooseMatches } from './match.ts';
import { putUsedFirst, runTarget } from './run-target.ts';
import { useTargets } from './use-targets.ts';

/** Lines that PgUp and PgDn jump over. */
const JUMP = 8;

/** Every command, mailbox, account, label, section of the settings and recent search, found by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText(paletteTexts);
  const shell = useText(shellTexts);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useId();
  const lines = useRef<HTMLDivElement>(null);
  const { targets, find } = useTargets();
  const query = text.trim();
  const matches = query === '' ? putUsedFirst(targets) : chooseMatches(query, targets);
  const search: Target = {
    id: 'search',
    kind: 'recent',
    title: t('search-mail', { query }),
    names: [],
    icon: 'search',
    does: { finds: query },
  };
  const shown = query === '' ? matches : [...matches, search];
  const at = Math.min(active, shown.length - 1);
  useEffect(() => {
    lines.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const pick = (target: Target): void => {
    onClose();
    // The focus is back where it was first: commands ask where it is.
    setTimeout(() => runTarget(target, find));
  };
  const onKey = (event: KeyboardEvent): void => {
    const last = shown.length - 1;
    const to: Record<string, number> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + JUMP),
      PageUp: Math.max(0, at - JUMP),
    };
    const chosen = shown[at];
    const next = to[event.key];
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen !== undefined) pick(chosen);
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) onClose();
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('title')} closeLabel={shell('close')} onClose={onClose} bare>
      <div className="palette">
        <input
          type="text"
          className="palette-input"
          role="combobox"
          aria-label={t('title')}
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={t('ask')}
          value={text}
          data-testid="palette-input"
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
        />
        <div ref={lines} id={list} role="listbox" aria-label={t('results')} className="palette-list">
          {shown.map((target, index) => (
            <div
              key={target.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="suggestion"
              data-testid="palette-line"
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              // Only one line is meant, whether pointed at or walked to.
              onMouseMove={() => setActive(index)}
              onClick={() => pick(target)}
            >
              <Icon name={target.icon} size={16} />
              <span className="suggestion-text">{target.title}</span>
              <Aside target={target} />
            </div>
          ))}
        </div>
        <p className="unseen" role="status">
          {query === '' ? '' : t('found', { n: matches.length })}
        </p>
      </div>
    </Dialog>
  );
}

/** At the end of a line: the key of a command, else what kind of thing it is. */
function Aside({ target: { id, kind, does } }: { target: Target }) {
  const t = useText(paletteTexts);
  if (id === 'search') return null;
  const keys = 'command' in does ? hintKeys(does.command) : undefined;
  return keys === undefined ? <span className="tree-count">{t(`kind-${kind}`)}</span> : <kbd>{keys}</kbd>;
}
