import { useEffect, useRef, useState } from 'react';
import type { OAuthBegin, OAuthFlow } from '../../../../common/shapes/oauth.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { openPage } from '../../parts/open-page.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { formatTimeOfDay } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { wizardTexts } from '../../text/wizard.ts';
import { beginSignIn, waitForSignIn } from './follow-sign-in.ts';

/** Signing in at the provider's own page: in a new window, or with a code on any device. */
export function ProviderSignIn({
  provider,
  account,
  email,
  onDone,
}: {
  provider: { id: string; name: string; flows: readonly OAuthFlow[] };
  account: string | null;
  email: string;
  /** With the grant's id. */
  onDone: (grant: string) => void;
}) {
  const t = useText(wizardTexts);
  const [begun, setBegun] = useState<OAuthBegin | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const { name } = provider;
  const start = async (flow: OAuthFlow | null): Promise<void> => {
    stop.current?.abort();
    const { signal } = (stop.current = new AbortController());
    setProblem(null);
    setBegun(null);
    setBusy(true);
    try {
      const begin = await beginSignIn({ provider: provider.id, flow, account, email });
      if (signal.aborted) return;
      setBegun(begin);
      if (begin.flow === 'code' && begin.url !== null) openPage(begin.url);
      const failed = await waitForSignIn(begin, signal);
      setBegun(null);
      setProblem(failed);
      if (failed === null) onDone(begin.id);
    } catch (error) {
      if (!signal.aborted) setProblem(toProblem(error));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  return (
    <div className="provider-sign-in" aria-live="polite">
      {begun === null ? (
        <>
          <Button
            look="main"
            icon="lock"
            disabled={busy}
            data-testid="oauth-begin"
            onClick={() => void start(null)}
          >
            {busy ? t('opening') : t('sign-in-with', { name })}
          </Button>
          <p className="field-hint">{t('sign-in-lead', { name })}</p>
        </>
      ) : (
        <Waiting begun={begun} name={name} />
      )}
      {provider.flows.includes('device') && provider.flows[0] !== 'device' && begun?.flow !== 'device' ? (
        <button type="button" className="link-button" onClick={() => void start('device')}>
          {t('other-device')}
        </button>
      ) : null}
      <ProblemBox problem={problem} />
    </div>
  );
}

function Waiting({ begun, name }: { begun: OAuthBegin; name: string }) {
  const t = useText(wizardTexts);
  return (
    <div className="waiting" data-testid="oauth-waiting">
      {begun.userCode === null ? null : <DeviceCode begun={begun} code={begun.userCode} />}
      <p className="waiting-line">
        <span className="spinner" aria-hidden="true" />
        {t('waiting', { name })}
      </p>
      <p className="field-hint">{t('waiting-hint')}</p>
      {begun.url === null || begun.userCode !== null ? null : (
        <a className="button button-plain" href={begun.url} target="_blank" rel="noopener noreferrer">
          {t('open-again')}
        </a>
      )}
    </div>
  );
}

function DeviceCode({ begun, code }: { begun: OAuthBegin; code: string }) {
  const t = useText(wizardTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const [copied, setCopied] = useState(false);
  const page = begun.verificationUrl ?? begun.url ?? '';
  return (
    <div className="device">
      <p>{t('device-lead')}</p>
      <p>
        <a href={begun.url ?? page} target="_blank" rel="noopener noreferrer">
          {page.replace(/^https?:\/\//, '')}
        </a>
      </p>
      <p className="device-code">
        <strong data-testid="oauth-code">{code}</strong>
        <Button
          icon={copied ? 'check' : 'copy'}
          onClick={() => void navigator.clipboard.writeText(code).then(() => setCopied(true))}
        >
          {t(copied ? 'copied' : 'copy-code')}
        </Button>
      </p>
      <p className="field-hint">
        <Icon name="clock" size={15} />{' '}
        {t('good-until', { time: formatTimeOfDay(begun.expiresAt, language, zone) })}
      </p>
    </div>
  );
}
