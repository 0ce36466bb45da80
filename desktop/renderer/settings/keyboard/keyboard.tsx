import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/field.tsx';
import { usePreference } from '../../profile/profile-store.ts';
import { COMMAND_GROUPS } from '../../shell/help/command-groups.ts';
import type { Command } from '../../shell/commands.ts';
import type { KeyMap } from '../../shell/keys.ts';
import { helpTexts } from '../../text/help.ts';
import { keyboardTexts } from '../../text/keyboard.ts';
import { settingsTexts } from '../../text/settings.ts';
import { useText } from '../../text/text.ts';
import { choosePreference } from '../choose-preference.ts';
import { Given } from '../given.tsx';
import { KeyRow } from './key-row.tsx';

/** Which keys do what, and whether single keys do anything. */
export function Keyboard() {
  const t = useText(keyboardTexts);
  const settings = useText(settingsTexts);
  const group = useText(helpTexts);
  const on = usePreference('keys');
  const own = usePreference('keyMap');
  const [open, setOpen] = useState<Command | null>(null);
  const save = (map: KeyMap): void => {
    setOpen(null);
    choosePreference('keyMap', map);
  };
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{settings('section-keyboard')}</h1>
        {Object.keys(own).length === 0 ? null : (
          <Button icon="undo" onClick={() => save({})}>
            {t('all-back')}
          </Button>
        )}
      </header>
      <p className="settings-lead">{t('lead')}</p>
      <Given preference="keys">
        <Check
          label={settings('keys')}
          hint={settings('keys-hint')}
          checked={on}
          onPick={(value) => choosePreference('keys', value)}
        />
      </Given>
      <Given preference="keyMap">
        {COMMAND_GROUPS.map(({ name, commands }) => (
          <section key={name} className="key-group">
            <h2>{group(name)}</h2>
            <ul className="key-list">
              {commands.map((command) => (
                <KeyRow
                  key={command}
                  command={command}
                  own={own}
                  open={open === command}
                  onOpen={(wanted) => setOpen(wanted ? command : null)}
                  onSave={save}
                />
              ))}
            </ul>
          </section>
        ))}
      </Given>
    </div>
  );
}
