import type { ReactNode } from 'react';
import type { Preferences } from '../../../common/shapes/profile.ts';
import { LayerNote } from '../identity/layer-note.tsx';
import { useLayer } from '../profile/profile-store.ts';

/** A control of a preference; one that an admin has locked rests, and says why. */
export function Given({ preference, children }: { preference: keyof Preferences; children: ReactNode }) {
  const layer = useLayer('preferences', preference);
  if (layer === null || layer.locked === null) return children;
  return (
    <fieldset className="given" disabled data-testid={`given-${preference}`}>
      {children}
      <LayerNote layer={layer} />
    </fieldset>
  );
}
