import { useState } from 'react';
import type { OidcChoice } from '../../../../common/shapes/directory.ts';
import type { SessionOptions } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { profileServer } from '../clients.ts';
import { native } from '../native.ts';
import type { Problem } from '../problem.ts';
import { describeClient, goOn } from '../session-actions.ts';
import { serverStore } from '../session.ts';
import { askPasskey, canUsePasskeys, explainPasskey } from '../steps/passkey.ts';
import { useBrowser, WaitingForBrowser } from './use-browser.tsx';

interface Keep {
  remember: boolean;
  lab: boolean;
}

/** Ways in without a password of ours: a passkey, and the organisation's own sign-in. */
export function Ways({
  options,
  keep,
  leaving,
}: {
  options: SessionOptions;
  keep: Keep;
  /** Somebody has just signed out here. */
  leaving: boolean;
}) {
  const t = useText(stepTexts);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const browser = useBrowser();
  const passkeys = options.passkeys && (native !== null || canUsePasskeys());
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => {
      setProblem(explainPasskey(error));
    });
    setBusy(false);
  };
  const byPasskey = async (): Promise<void> => {
    if (native !== null) return await browser.begin('/session/program', keep);
    const { session } = profileServer();
    const kept = { ...describeClient(keep.lab), remember: keep.remember };
    const { ticket, options: asked } = await session.passkeyOptions.mutate(kept);
    await goOn(await session.answer.mutate({ ticket, passkey: await askPasskey(asked) }), keep);
  };
  const byProvider = async ({ id }: OidcChoice): Promise<void> => {
    if (native === null) return location.assign(nameBegin(id, keep));
    await browser.begin(`/session/oidc/${id}/begin`, keep);
  };
  if (browser.number !== null) return <WaitingForBrowser number={browser.number} cancel={browser.cancel} />;
  if (!passkeys && options.oidc.length === 0) return null;
  return (
    <section className="sign-in-ways" aria-label={t('ways')}>
      {options.oidc.map((one) => (
        <Button
          key={one.id}
          icon="globe"
          disabled={busy}
          data-testid={`oidc-${one.id}`}
          onClick={() => void run(async () => await byProvider(one))}
        >
          {t('with-provider', { name: one.name })}
        </Button>
      ))}
      {passkeys ? (
        <Button icon="key" disabled={busy} data-testid="with-passkey" onClick={() => void run(byPasskey)}>
          {t('with-passkey')}
        </Button>
      ) : null}
      <ProblemBox problem={problem} />
      {leaving
        ? options.oidc
            .filter(({ logout }) => logout)
            .map(({ id, name }) => (
              <a key={id} href={`${serverStore.get().url}/session/oidc/${id}/logout`}>
                {t('leave-provider', { name })}
              </a>
            ))
        : null}
    </section>
  );
}

/** Our page that leads to the provider's; it brings back how the session is to be kept, and where this computer stands. */
function nameBegin(id: string, { remember, lab }: Keep): string {
  const params = new URLSearchParams(location.search);
  params.delete('keep');
  if (remember || lab) params.set('keep', lab ? 'lab' : 'remember');
  return `${serverStore.get().url}/session/oidc/${id}/begin?${params.toString()}`;
}
