import { useId, type ReactNode } from 'react';
import { FieldNote } from './field.tsx';

/** A labelled field of several lines. */
export function TextField({
  label,
  value,
  rows,
  maxLength,
  onText,
  hint,
  problem,
  code = false,
}: {
  label: string;
  value: string;
  rows: number;
  maxLength: number;
  onText: (text: string) => void;
  hint?: ReactNode;
  problem?: ReactNode;
  /** Shown in letters of one width, without spelling marks. */
  code?: boolean;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={code ? 'input input-code' : 'input'}
        rows={rows}
        maxLength={maxLength}
        value={value}
        spellCheck={!code}
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-note` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

export function SelectField({
  label,
  value,
  choices,
  onPick,
  hint,
  problem,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onPick: (value: string) => void;
  hint?: ReactNode;
  problem?: string | null;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-note` : undefined}
        onChange={(event) => onPick(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}

/** A few choices side by side: radio buttons that look like one control. */
export function Segments({
  label,
  value,
  choices,
  onPick,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onPick: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend>{label}</legend>
      <div className="segments-row">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onPick(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
