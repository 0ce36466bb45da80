import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { usePreference } from '../../profile/profile-store.ts';
import { commandTexts } from '../../text/commands.ts';
import { helpTexts } from '../../text/help.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { COMMAND_GROUPS } from './command-groups.ts';
import { showKeys } from '../key-names.ts';
import { keysOf } from '../keys.ts';
import { openSettings } from '../route.ts';

/** What the list itself answers to, whatever the person's keys are. */
const LIST_KEYS = [
  ['list-move', ['ArrowUp', 'ArrowDown']],
  ['list-open', ['Enter']],
  ['list-select', ['Space']],
  ['list-extend', ['Shift+ArrowDown']],
] as const;

/** What each key does now; commands without a key stand in the palette only. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useText(helpTexts);
  const title = useText(commandTexts);
  const shell = useText(shellTexts);
  const on = usePreference('keys');
  const own = usePreference('keyMap');
  return (
    <Dialog title={t('title')} closeLabel={shell('close')} onClose={onClose} wide>
      <div className="dialog-body help">
        {on ? null : <p className="help-off">{t('off')}</p>}
        {COMMAND_GROUPS.map(({ name, commands }) => (
          <section key={name}>
            <h3>{t(name)}</h3>
            <dl>
              {commands
                .map((command) => ({ command, keys: keysOf(command, own) }))
                .filter(({ keys }) => keys.length > 0)
                .map(({ command, keys }) => (
                  <KeyLine key={command} name={title(command)} keys={keys} />
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{t('list')}</h3>
          <dl>
            {LIST_KEYS.map(([name, keys]) => (
              <KeyLine key={name} name={t(name)} keys={keys} />
            ))}
          </dl>
        </section>
      </div>
      <footer className="dialog-foot">
        <Button
          icon="keyboard"
          onClick={() => {
            onClose();
            openSettings('keyboard');
          }}
        >
          {t('change')}
        </Button>
      </footer>
    </Dialog>
  );
}

function KeyLine({ name, keys }: { name: string; keys: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {keys.map((one) => (
          <kbd key={one}>{showKeys(one)}</kbd>
        ))}
      </dd>
    </div>
  );
}
