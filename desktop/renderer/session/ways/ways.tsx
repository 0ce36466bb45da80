import { useEffect, useRef, useState } from 'react';
import type { OidcChoice } from '../../../../common/shapes/directory.ts';
import type { SessionOptions } from '../../../../common/shapes/session.ts';
import { openPage } from '../../account/add/follow-sign-in.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { profileServer } from '../clients.ts';
import { native } from '../native.ts';
import { toProblem, type Problem } from '../problem.ts';
import { describeClient, goOn } from '../session-actions.ts';
import { serverStore } from '../session.ts';
import { askPasskey, canUsePasskeys, describePasskeyFailure } from '../steps/passkey.ts';
import { awaitProgram, makeProgram } from './program.ts';

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
  const [waiting, setWaiting] = useState<{ number: string; url: string } | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const passkeys = options.passkeys && canUsePasskeys();
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => {
      if (stop.current?.signal.aborted !== true)
        setProblem(describePasskeyFailure(error) ?? toProblem(error));
    });
    setWaiting(null);
    setBusy(false);
  };
  const byPasskey = async (): Promise<void> => {
    const { session } = profileServer();
    const kept = { ...describeClient(keep.lab), remember: keep.remember };
    const { ticket, options: asked } = await session.passkeyOptions.mutate(kept);
    await goOn(await session.answer.mutate({ ticket, passkey: await askPasskey(asked) }), keep.remember);
  };
  const byProvider = async ({ id }: OidcChoice): Promise<void> => {
    if (native === null) return location.assign(nameBegin(id, keep));
    const program = await makeProgram();
    const url = `${serverStore.get().url}/session/oidc/${id}/begin?for=${program.hash}`;
    setWaiting({ number: program.number, url });
    openPage(url);
    await awaitProgram(program, keep, (stop.current = new AbortController()).signal);
  };
  if (waiting !== null) {
    return (
      <section className="sign-in-ways" aria-live="polite" data-testid="program-waiting">
        <p>{t('program-lead')}</p>
        <p className="program-number">{waiting.number}</p>
        <Button
          onClick={() => {
            stop.current?.abort();
            setWaiting(null);
          }}
        >
          {t('cancel')}
        </Button>
      </section>
    );
  }
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
