import { useId, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { MailError } from '../../../../common/errors.ts';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/field.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { useFactors } from '../../security/factor/factors.ts';
import { profileServer } from '../../session/clients.ts';
import { askPasskey, canUsePasskeys, explainPasskey } from '../../session/steps/passkey.ts';
import { replaceTokens } from '../../session/tokens.ts';
import { useRun } from '../../session/use-run.ts';
import { vaultTexts } from '../../text/vault.ts';
import { useText } from '../../text/text.ts';

type UnlockInput = Parameters<ReturnType<typeof profileServer>['session']['unlock']['mutate']>[0];

async function proveByPasskey(): Promise<UnlockInput> {
  const asked = await profileServer().session.askOpening.mutate({ passkey: null });
  if (asked === null) {
    throw new MailError('forbidden', 'no passkey opens anything', { reason: 'passkey-opens-nothing' });
  }
  return { passkey: { ticket: asked.ticket, answer: await askPasskey(asked.options) } };
}

/** Whether only the user can open it, and has not yet in this session. */
export function isLocked(problem: { reason?: string | null | undefined } | null): boolean {
  return problem?.reason === 'locked-until-password';
}

/** The choice, with what it means in plain words; not there for whom it is not offered, unless it is chosen. */
export function SignedInOnlyField({
  checked,
  onPick,
}: {
  checked: boolean;
  onPick: (checked: boolean) => void;
}): ReactNode {
  const t = useText(vaultTexts);
  const offer = useQuery({
    queryKey: ['signed-in-only'],
    queryFn: async ({ signal }) => await profileServer().credential.signedInOnly.query(undefined, { signal }),
  });
  if (!checked && offer.data?.refused !== null) return null;
  return (
    <div data-testid="signed-in-only">
      <Check label={t('only')} checked={checked} onPick={onPick} hint={t('only-hint')} />
    </div>
  );
}

/** Asks once in this session for the password with which the user signs in at Valija, or for a passkey that may open it too. */
export function Unlock({ onDone }: { onDone: () => void }): ReactNode {
  const t = useText(vaultTexts);
  const title = useId();
  const [password, setPassword] = useState('');
  const { busy, problem, run } = useRun(explainPasskey);
  const byPasskey = useFactors().data?.passkeys.some(({ opens }) => opens) === true && canUsePasskeys();
  const open = async (prove: () => Promise<UnlockInput>): Promise<void> =>
    await run(async () => {
      // Before the turn is taken: other windows are not kept waiting for a finger.
      const proof = await prove();
      await replaceTokens(async () => await profileServer().session.unlock.mutate(proof));
      onDone();
    });
  // No form of its own: it may stand in one.
  return (
    <section className="panel" aria-labelledby={title} data-testid="unlock">
      <h2 id={title}>{t('unlock-title')}</h2>
      <p className="field-hint">{t('unlock-why')}</p>
      <PasswordField
        label={t('unlock-password')}
        value={password}
        autoComplete="current-password"
        onChange={(event) => setPassword(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void open(async () => ({ password }));
        }}
      />
      <ProblemBox problem={problem} />
      <div className="card-actions">
        <Button
          look="main"
          icon="lock"
          disabled={busy || password === ''}
          onClick={() => void open(async () => ({ password }))}
        >
          {t('unlock')}
        </Button>
        {byPasskey ? (
          <Button icon="key" disabled={busy} onClick={() => void open(proveByPasskey)}>
            {t('unlock-passkey')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
