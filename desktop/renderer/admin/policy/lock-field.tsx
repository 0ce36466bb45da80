import { Check, Field } from '../../parts/field.tsx';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { useText } from '../../text/text.ts';

/** Whether users may change an item, and what they read when they may not. */
export function LockField({
  locked,
  onLock,
  problem = null,
}: {
  locked: string | null;
  onLock: (locked: string | null) => void;
  problem?: string | null;
}) {
  const t = useText(adminPolicyTexts);
  return (
    <>
      <Check label={t('lock')} checked={locked !== null} onPick={(on) => onLock(on ? '' : null)} />
      {locked === null ? null : (
        <Field
          label={t('lock-reason')}
          hint={t('lock-reason-hint')}
          value={locked}
          problem={problem}
          required
          maxLength={300}
          onChange={(event) => onLock(event.target.value)}
        />
      )}
    </>
  );
}
