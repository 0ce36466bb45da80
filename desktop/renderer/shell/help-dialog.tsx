import { Dialog } from '../parts/dialog.tsx';
import { helpTexts } from '../text/help.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { usePreference } from '../profile/profile-store.ts';

const GROUPS = [
  {
    title: 'moving',
    keys: [
      ['j', 'next'],
      ['k', 'previous'],
      ['Enter', 'open'],
      ['u', 'back'],
      ['g i', 'go-inbox'],
      ['g s', 'go-sent'],
      ['g d', 'go-drafts'],
      ['F6', 'next-region'],
      ['/', 'search'],
    ],
  },
  {
    title: 'writing',
    keys: [
      ['c', 'compose'],
      ['r', 'reply'],
      ['a', 'reply-all'],
      ['f', 'forward'],
      ['Ctrl+Enter', 'send'],
    ],
  },
  {
    title: 'tidying',
    keys: [
      ['e', 'archive'],
      ['#', 'delete'],
      ['!', 'junk'],
      ['s', 'flag'],
      ['Shift+I', 'mark-read'],
      ['Shift+U', 'mark-unread'],
      ['x', 'select'],
      ['Shift+↓', 'extend'],
      ['*', 'select-all'],
      ['v', 'move'],
      ['l', 'label'],
      ['b', 'remind'],
      ['z', 'undo'],
    ],
  },
  {
    title: 'else',
    keys: [
      ['?', 'help'],
      ['Ctrl+Shift+Q', 'sign-out'],
    ],
  },
] as const;

/** What each key does. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useText(helpTexts);
  const shell = useText(shellTexts);
  const on = usePreference('keys');
  return (
    <Dialog title={t('title')} closeLabel={shell('close')} onClose={onClose} wide>
      <div className="dialog-body help">
        {on ? null : <p className="help-off">{t('off')}</p>}
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            <dl>
              {group.keys.map(([keys, name]) => (
                <div key={keys}>
                  <dt>{t(name)}</dt>
                  <dd>
                    <kbd>{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
