import { PasswordField } from '../../parts/password-field.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';

/** A password to be chosen. The rule is said while it is typed: how much is missing, and when it is enough. */
export function NewPassword({
  label,
  least,
  tried,
  value,
  onText,
  testId,
}: {
  label: string;
  /** Characters. */
  least: number;
  /** The form was sent once: what is missing is an error now. */
  tried: boolean;
  value: string;
  onText: (text: string) => void;
  testId: string;
}) {
  const t = useText(stepTexts);
  const missing = least - Array.from(value).length;
  const short = missing > 0;
  const hint =
    value === '' ? t('rule', { n: least }) : short ? t('rule-missing', { n: missing }) : t('rule-enough');
  const wrong = tried && short ? hint : null;
  return (
    <PasswordField
      label={label}
      name="password"
      autoComplete="new-password"
      required
      hint={wrong === null ? <span aria-live="polite">{hint}</span> : undefined}
      problem={wrong}
      value={value}
      onChange={(event) => onText(event.target.value)}
      data-testid={testId}
    />
  );
}
