import { useState } from 'react';
import type { FactorList } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { profileServer } from '../../session/clients.ts';
import { securityTexts } from '../../text/security.ts';
import { useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { Section } from '../section.tsx';

/** How many codes are left for the day on which a factor is lost, and new ones for who has none. */
export function RecoverySection({
  factors,
  hasPassword,
  onRecovery,
}: {
  factors: FactorList;
  hasPassword: boolean;
  onRecovery: (codes: string[]) => void;
}) {
  const t = useText(securityTexts);
  const [asking, setAsking] = useState(false);
  const left = factors.recoveryLeft;
  return (
    <Section title={t('recovery')} lead={t('recovery-left', { n: left })} testId="security-recovery">
      {left < 3 ? <p className="note note-warning">{t('recovery-few')}</p> : null}
      <Button icon="refresh" data-testid="recovery-new" onClick={() => setAsking(true)}>
        {t('recovery-new')}
      </Button>
      {asking ? (
        <ProofDialog
          title={t('recovery-new')}
          yes={t('recovery-make')}
          hasPassword={hasPassword}
          act={async (proof) => {
            onRecovery((await profileServer().factor.newRecovery.mutate({ proof })).recovery);
            reloadFactors();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('recovery-new-text')}</p>
        </ProofDialog>
      ) : null}
    </Section>
  );
}
