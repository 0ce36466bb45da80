import { createRoot } from 'preact/compat/client';
import type { LabSession } from '../../../common/shapes/lab.ts';
import { forgetWithSession } from '../session/forget.ts';
import { signOut } from '../session/session-actions.ts';
import { serverStore } from '../session/session.ts';
import { readTokens, refreshTokens } from '../session/tokens.ts';
import { guardFields } from './guard-fields.ts';
import { keepPlacesInMemory } from './hold-places.ts';
import { IdleWarning, secondsLeftStore } from './idle-warning.tsx';
import { isKeepAliveDue, judgeIdle } from './judge-idle.ts';
import { watchActivity } from './watch-activity.ts';

/** What the present session has to undo at its end; empty while there is none. */
const undo: (() => void)[] = [];
forgetWithSession(() => {
  for (const one of undo.splice(0)) one();
});

/** From now on this page leaves nothing behind, and signs out when nobody is there. Called before anything of the session is shown. */
export function enterLab({ idleMinutes }: LabSession): void {
  const idle = idleMinutes * 60_000;
  const last = { activity: Date.now(), told: Date.now() };
  let isLeaving = false;
  const note = (): void => {
    // Whoever wakes the computer hours later is not the one who left it.
    if (judgeIdle(Date.now(), last.activity, idle).state === 'over') return tick();
    last.activity = Date.now();
    secondsLeftStore.set(null);
  };
  const tick = (): void => {
    const now = Date.now();
    const { state, left } = judgeIdle(now, last.activity, idle);
    secondsLeftStore.set(state === 'warning' ? left : null);
    if (state === 'over' && !isLeaving) {
      isLeaving = true;
      void signOut('idle');
    } else if (isKeepAliveDue(now, last, idle)) {
      last.told = now;
      // What it could not reach it is told the next time; that the session is over is heard by all.
      refreshTokens().catch(() => (last.told = 0));
    }
  };
  const timer = setInterval(tick, 1000);
  // Timers sleep with the computer and in hidden tabs.
  const onVisible = (): void => tick();
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('pagehide', abandon);
  addEventListener('pageshow', reloadKept);
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  root.render(<IdleWarning onStay={note} />);
  undo.push(
    () => clearInterval(timer),
    () => document.removeEventListener('visibilitychange', onVisible),
    () => removeEventListener('pagehide', abandon),
    () => setTimeout(() => (root.unmount(), place.remove())),
    watchActivity(document, note),
    guardFields(document),
    keepPlacesInMemory(),
    watchCopies(),
  );
}

/** The page is closed, reloaded or left: its session, which is nowhere else, ends with it, and nothing of it can be brought back. */
function abandon(): void {
  const token = readTokens()?.tokens.profile;
  if (token !== undefined) {
    void fetch(`${serverStore.get().url}/trpc/session.signOut`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ because: 'left' }),
    }).catch(() => undefined);
  }
  document.body.replaceChildren();
}

/** A page that the browser kept whole for the way back shows nothing and begins anew. */
function reloadKept({ persisted }: PageTransitionEvent): void {
  if (persisted) location.reload();
}

/** What was copied here is taken from the clipboard where the browser lets us; the desktop shell does it by itself. */
function watchCopies(): () => void {
  let copied = false;
  const onCopy = (): void => void (copied = true);
  document.addEventListener('copy', onCopy, true);
  document.addEventListener('cut', onCopy, true);
  return () => {
    document.removeEventListener('copy', onCopy, true);
    document.removeEventListener('cut', onCopy, true);
    if (copied && document.hasFocus()) navigator.clipboard?.writeText('').catch(() => undefined);
  };
}
