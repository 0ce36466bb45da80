import { useState } from 'react';
import type { FactorList, PasskeyRow, ProofInput } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { openPage } from '../../parts/open-page.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { describeClient } from '../../session/session-actions.ts';
import { native } from '../../session/native.ts';
import { serverStore } from '../../session/session.ts';
import { canUsePasskeys, makePasskey } from '../../session/steps/passkey.ts';
import { formatAgo } from '../../text/format-more.ts';
import { securityTexts } from '../../text/security.ts';
import { languageStore, useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';
import { OpeningDialog } from './opening-dialog.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { RenamePasskey } from './rename-passkey.tsx';
import { Section } from '../section.tsx';

/** Passkeys: made on this device, named, and taken away. Each gets its owner in alone, or as second factor. */
export function PasskeysSection({
  factors,
  hasPassword,
  onRecovery,
}: {
  factors: FactorList;
  hasPassword: boolean;
  onRecovery: (codes: string[]) => void;
}) {
  const t = useText(securityTexts);
  const [adding, setAdding] = useState(false);
  const [going, setGoing] = useState<PasskeyRow | null>(null);
  const [naming, setNaming] = useState<PasskeyRow | null>(null);
  const [opening, setOpening] = useState<PasskeyRow | null>(null);
  const add = async (proof: ProofInput): Promise<void> => {
    const { factor } = profileServer();
    const { ticket, options } = await factor.beginPasskey.mutate({ proof });
    const input = { ticket, newPasskey: await makePasskey(options), name: describeClient().client };
    const { recovery } = await factor.addPasskey.mutate(input);
    reloadFactors();
    if (recovery !== null) onRecovery(recovery);
  };
  const remove = async (proof: ProofInput): Promise<void> => {
    if (going !== null) await profileServer().factor.removePasskey.mutate({ id: going.id, proof });
    reloadFactors();
  };
  const possible = factors.passkeysPossible && canUsePasskeys();
  return (
    <Section title={t('passkeys')} lead={t('passkeys-lead')} testId="security-passkeys">
      {factors.passkeys.length === 0 ? null : (
        <ul className="cards" aria-label={t('passkeys')}>
          {factors.passkeys.map((passkey) => (
            <Passkey
              key={passkey.id}
              passkey={passkey}
              mayOpen={factors.opening && hasPassword && canUsePasskeys()}
              onOpening={() => setOpening(passkey)}
              onRename={() => setNaming(passkey)}
              onRemove={() => setGoing(passkey)}
            />
          ))}
        </ul>
      )}
      {possible ? (
        <Button icon="plus" data-testid="passkey-add" onClick={() => setAdding(true)}>
          {t('passkey-add')}
        </Button>
      ) : (
        <>
          <p className="field-hint">{t('passkeys-impossible')}</p>
          {native !== null && factors.passkeysPossible ? (
            <Button
              icon="globe"
              data-testid="passkey-browser"
              onClick={() => openPage(`${serverStore.get().url}/#/settings/security`)}
            >
              {t('passkey-browser')}
            </Button>
          ) : null}
        </>
      )}
      {adding ? (
        <ProofDialog
          title={t('passkey-add')}
          yes={t('go-on')}
          hasPassword={hasPassword}
          act={add}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {going === null ? null : (
        <ProofDialog
          title={t('passkey-remove', { name: going.name })}
          yes={t('remove')}
          hasPassword={hasPassword}
          act={remove}
          onClose={() => setGoing(null)}
        >
          <p>{t('passkey-remove-text')}</p>
        </ProofDialog>
      )}
      {opening === null ? null : <OpeningDialog passkey={opening} onClose={() => setOpening(null)} />}
      {naming === null ? null : <RenamePasskey passkey={naming} onClose={() => setNaming(null)} />}
    </Section>
  );
}

function Passkey({
  passkey,
  mayOpen,
  onOpening,
  onRename,
  onRemove,
}: {
  passkey: PasskeyRow;
  /** There is something that it could open. */
  mayOpen: boolean;
  onOpening: () => void;
  onRename: () => void;
  onRemove: () => void;
}) {
  const t = useText(securityTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const { name, lastUsed, synced, suspect, opens } = passkey;
  const used =
    lastUsed === null ? t('never-used') : t('last-used', { ago: formatAgo(lastUsed, now, language) });
  return (
    <li className="card card-line" data-testid="passkey">
      <Icon name="key" size={22} />
      <div className="card-title">
        <h3>{name}</h3>
        <p>{synced ? `${used} · ${t('synced')}` : used}</p>
        {suspect ? <p className="field-problem">{t('suspect')}</p> : null}
        {opens ? <p>{t('passkey-opens')}</p> : null}
      </div>
      {opens || (mayOpen && !suspect) ? (
        <Button aria-label={t(opens ? 'passkey-end-name' : 'passkey-let-name', { name })} onClick={onOpening}>
          {t(opens ? 'passkey-end' : 'passkey-let')}
        </Button>
      ) : null}
      <Button aria-label={t('rename-name', { name })} onClick={onRename}>
        {t('rename')}
      </Button>
      <Button aria-label={t('remove-name', { name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </li>
  );
}
