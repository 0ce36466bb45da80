import type { ItemLayer } from '../../../common/shapes/layer.ts';
import { Icon } from '../parts/icon.tsx';
import { identityTexts } from '../text/identities.ts';
import { useText } from '../text/text.ts';

/** Who gave an item that is not the user's own, and why it cannot be changed; nothing for one's own. */
export function LayerNote({ layer }: { layer: ItemLayer | null }) {
  const t = useText(identityTexts);
  if (layer === null) return null;
  const from =
    layer.of === 'group' && layer.name !== null
      ? t('from-group', { group: layer.name })
      : t('from-organisation');
  return (
    <p className="note" data-testid="layer-note">
      <Icon name={layer.locked === null ? 'info' : 'lock'} size={16} />{' '}
      {layer.locked === null ? from : `${from} ${t('locked', { reason: layer.locked })}`}
    </p>
  );
}
