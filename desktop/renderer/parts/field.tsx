import { useId, type ComponentProps, type ReactNode } from 'react';

type InputProps = Omit<ComponentProps<'input'>, 'id' | 'className'>;

/** A labelled input. `problem` is tied to it and read out with it; `hint` too. */
export function Field({
  label,
  hint,
  problem,
  after,
  ...input
}: InputProps & { label: string; hint?: ReactNode; problem?: string | null; after?: ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line">
        <input
          id={id}
          className="input"
          aria-invalid={problem ? true : undefined}
          aria-describedby={hint || problem ? `${id}-note` : undefined}
          {...input}
        />
        {after}
      </div>
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}

/** What stands under a field and is read out with it. */
export function FieldNote({ id, hint, problem }: { id: string; hint?: ReactNode; problem?: ReactNode }) {
  if (!hint && !problem) return null;
  return (
    <div id={id} className="field-note">
      {problem ? <p className="field-problem">{problem}</p> : null}
      {hint ? <p className="field-hint">{hint}</p> : null}
    </div>
  );
}

export function Check({
  label,
  checked,
  onPick,
  hint,
}: {
  label: string;
  checked: boolean;
  onPick: (checked: boolean) => void;
  hint?: string;
}) {
  const id = useId();
  return (
    <div className="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={hint ? `${id}-note` : undefined}
        onChange={(event) => onPick(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <FieldNote id={`${id}-note`} hint={hint} />
      </div>
    </div>
  );
}
