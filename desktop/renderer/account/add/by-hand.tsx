import { useText } from '../../text/text.ts';
import { wizardTexts } from '../../text/wizard.ts';

/** Always within reach: whoever knows the settings need not wait for a search. */
export function ByHand({ onByHand }: { onByHand: () => void }) {
  const t = useText(wizardTexts);
  return (
    <button type="button" className="link-button by-hand" data-testid="account-by-hand" onClick={onByHand}>
      {t('by-hand')}
    </button>
  );
}
