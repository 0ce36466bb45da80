import { useState } from 'react';
import type { NewAppPassword } from './app-password.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { programTexts } from '../../text/programs.ts';
import { useText } from '../../text/text.ts';

/** Names a program and makes its password. */
export function AddProgram({ onMade }: { onMade: (made: NewAppPassword) => void }) {
  const t = useText(programTexts);
  const [name, setName] = useState('');
  const [gap, setGap] = useState(false);
  const { busy, problem, run } = useRun();
  const add = async (): Promise<void> => {
    setGap(name.trim() === '');
    if (name.trim() === '') return;
    await run(async () => {
      onMade(await profileServer().appPassword.add.mutate({ name: name.trim() }));
      setName('');
    });
  };
  return (
    <form
      className="panel add-program"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field
        label={t('name')}
        hint={t('name-hint')}
        problem={gap ? t('name-missing') : null}
        value={name}
        maxLength={100}
        autoComplete="off"
        data-testid="program-name"
        onChange={(event) => setName(event.target.value)}
        after={
          <Button look="main" icon="plus" type="submit" disabled={busy} data-testid="program-add">
            {t('add')}
          </Button>
        }
      />
      <ProblemBox problem={problem} />
    </form>
  );
}
