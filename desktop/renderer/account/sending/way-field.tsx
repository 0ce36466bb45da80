import type { AccountSettings } from '../../../../common/shapes/account.ts';
import { Segments } from '../../parts/choice-fields.tsx';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';

type Way = AccountSettings['send']['way'];

/** Through Valija's own relay or the provider's server, and what speaks for each. */
export function WayField({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const t = useText(accountTexts);
  return (
    <>
      <Segments
        label={t('way')}
        value={way}
        choices={[
          { value: 'relay', label: t('way-relay') },
          { value: 'smarthost', label: t('way-smarthost') },
        ]}
        onPick={(value) => onWay(value as Way)}
      />
      <p className="field-hint">{t(way === 'relay' ? 'way-relay-hint' : 'way-smarthost-hint')}</p>
    </>
  );
}
