import { Component, lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { Button } from './parts/button.tsx';
import { Blank } from './parts/states.tsx';
import { Logo } from './parts/icon.tsx';
import { useStore } from './parts/store.ts';
import { sessionStore } from './session/session.ts';
import { resumeSession } from './session/session-actions.ts';
import { SignIn } from './session/sign-in.tsx';
import { Notices } from './shell/notices-view.tsx';
import { Shell } from './shell/shell.tsx';
import { shellTexts } from './text/shell.ts';
import { useText } from './text/text.ts';

const Settings = lazy(async () => ({ default: (await import('./settings/settings.tsx')).Settings }));

export function App() {
  const session = useStore(sessionStore);
  return (
    <Fence>
      {session.phase === 'starting' ? <Starting /> : null}
      {session.phase === 'offline' ? <NoConnection retryAt={session.retryAt} /> : null}
      {session.phase === 'signed-out' ? <SignIn because={session.because} /> : null}
      {session.phase === 'signed-in' ? (
        <Shell
          key={session.session}
          settings={
            <Suspense fallback={null}>
              <Settings />
            </Suspense>
          }
        />
      ) : null}
      <Notices />
    </Fence>
  );
}

function Starting() {
  const t = useText(shellTexts);
  return (
    <main className="starting" aria-label={t('loading')}>
      <Logo size={48} />
    </main>
  );
}

function NoConnection({ retryAt }: { retryAt: number }) {
  const t = useText(shellTexts);
  const [left, setLeft] = useState(() => secondsUntil(retryAt));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(retryAt)), 500);
    return () => clearInterval(timer);
  }, [retryAt]);
  return (
    <main className="starting">
      <Blank icon="offline" text={t('offline-in', { n: left })}>
        <Button icon="refresh" onClick={() => void resumeSession()}>
          {t('retry')}
        </Button>
      </Blank>
    </main>
  );
}

function secondsUntil(time: number): number {
  return Math.max(1, Math.ceil((time - Date.now()) / 1000));
}

/** A fault of ours shows as a page with a way on, never as an empty window. */
class Fence extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useText(shellTexts);
  return (
    <main className="starting">
      <Blank icon="warning" text={t('broken')}>
        <Button icon="refresh" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </Blank>
    </main>
  );
}
