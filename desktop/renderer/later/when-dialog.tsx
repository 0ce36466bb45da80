import { useState, type ReactNode } from 'react';
import { readClock } from '../parts/clock.ts';
import { Field } from '../parts/field.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { formatAhead } from './format-ahead.ts';
import { laterTexts } from '../text/later.ts';
import { languageStore, useText } from '../text/text.ts';
import { formatFields, parseFields } from './date-fields.ts';

export interface WhenChoice {
  key: string;
  label: string;
  at: number;
}

/** Asks for a time ahead: some to pick with one press, and any other in the user's zone. */
export function WhenDialog({
  title,
  choices,
  start,
  set,
  children,
  onPick,
  onClose,
}: {
  title: string;
  choices: readonly WhenChoice[];
  /** What the fields hold at first, ms. */
  start: number;
  /** What the button says. */
  set: string;
  children?: ReactNode;
  onPick: (at: number) => void;
  onClose: () => void;
}) {
  const t = useText(laterTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const [fields, setFields] = useState(() => formatFields(start, zone));
  const [problem, setProblem] = useState<string | null>(null);
  const here = zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const submit = (): void => {
    const at = parseFields(fields.date, fields.time, zone);
    if (at === null) setProblem(t('fill-in'));
    else if (at <= readClock()) setProblem(t('is-past'));
    else onPick(at);
  };
  return (
    <FormDialog
      title={title}
      yes={set}
      testId="when-set"
      formTestId="when-dialog"
      onSubmit={submit}
      onClose={onClose}
    >
      {choices.length === 0 ? null : (
        <ul className="when-choices">
          {choices.map(({ key, label, at }, place) => (
            <li key={key}>
              <button
                type="button"
                className="when-choice"
                data-when={key}
                data-first={place === 0 || undefined}
                onClick={() => onPick(at)}
              >
                <Icon name="clock" size={17} />
                <span>{label}</span>
                <time dateTime={new Date(at).toISOString()}>
                  {formatAhead(new Date(at).toISOString(), now, language, zone)}
                </time>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="field-row">
        <Field
          label={t('date')}
          type="date"
          value={fields.date}
          data-testid="when-date"
          onChange={(event) => setFields({ ...fields, date: event.target.value })}
        />
        <Field
          label={t('time')}
          type="time"
          value={fields.time}
          data-testid="when-time"
          onChange={(event) => setFields({ ...fields, time: event.target.value })}
        />
      </div>
      <p className="field-hint">{t('zone', { zone: here.replaceAll('_', ' ') })}</p>
      {problem === null ? null : (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {children}
    </FormDialog>
  );
}
