import { useState, type ComponentProps } from 'react';
import { signInTexts } from '../text/sign-in.ts';
import { useText } from '../text/text.ts';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

/** A password with a button that shows what was typed: nobody has to guess which letter was wrong. */
export function PasswordField(field: Omit<ComponentProps<typeof Field>, 'type' | 'after'>) {
  const t = useText(signInTexts);
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...field}
      type={shown ? 'text' : 'password'}
      after={
        <button
          type="button"
          className="field-button"
          aria-pressed={shown}
          aria-label={t('show-password')}
          title={t('show-password')}
          onClick={() => setShown(!shown)}
        >
          <Icon name="eye" />
        </button>
      }
    />
  );
}
