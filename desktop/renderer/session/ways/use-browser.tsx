import { useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { openPage } from '../../parts/open-page.ts';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { serverStore } from '../session.ts';
import { awaitProgram, makeProgram } from './program.ts';

export interface BrowserSignIn {
  /** Shown here and in the browser while the person is there; null: nobody is. */
  number: string | null;
  /**
   * Opens `path?for=…` of the server in the system's browser, and begins the session when the person has signed in there;
   * without one when that is no longer wanted. Throws what went wrong.
   */
  begin(path: string, keep: { remember: boolean; lab: boolean }): Promise<void>;
  cancel: () => void;
}

/** Signing in to the desktop program by the system's browser. */
export function useBrowser(): BrowserSignIn {
  const [number, setNumber] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const cancel = (): void => {
    stop.current?.abort();
    setNumber(null);
  };
  return {
    number,
    cancel,
    begin: async (path, keep) => {
      const { signal } = (stop.current = new AbortController());
      const program = await makeProgram();
      setNumber(program.number);
      openPage(`${serverStore.get().url}${path}?for=${program.hash}`);
      try {
        await awaitProgram(program, keep, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        setNumber(null);
      }
    },
  };
}

/** What the desktop program shows meanwhile. */
export function WaitingForBrowser({ number, cancel }: { number: string; cancel: () => void }) {
  const t = useText(stepTexts);
  return (
    <section className="sign-in-ways" aria-live="polite" data-testid="program-waiting">
      <p>{t('program-lead')}</p>
      <p className="program-number">{number}</p>
      <Button onClick={cancel}>{t('cancel')}</Button>
    </section>
  );
}
