import { lazy, Suspense } from 'react';
import { useStore } from '../../parts/store.ts';
import { askRemindStore } from '../../reminder/reminders.ts';
import { askSnoozeStore } from '../../snooze/snoozes.ts';
import { askSignInStore } from '../ask-sign-in.ts';
import type { ShellDialog } from '../shell.tsx';

const SignInAgain = lazy(async () => ({
  default: (await import('../../account/sign-in-again.tsx')).SignInAgain,
}));
const RemindDialog = lazy(async () => ({
  default: (await import('../../reminder/remind-dialog.tsx')).RemindDialog,
}));
const SnoozeDialog = lazy(async () => ({
  default: (await import('../../snooze/snooze-dialog.tsx')).SnoozeDialog,
}));
const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));
const HelpDialog = lazy(async () => ({ default: (await import('../help/help-dialog.tsx')).HelpDialog }));

/** The dialogs that every view can ask for, each loaded when it is asked. */
export function Dialogs({ shown, onClose }: { shown: ShellDialog | null; onClose: () => void }) {
  const askedSignIn = useStore(askSignInStore);
  const askedSnooze = useStore(askSnoozeStore);
  const askedRemind = useStore(askRemindStore);
  return (
    <Suspense fallback={null}>
      {shown === 'palette' ? <Palette onClose={onClose} /> : null}
      {shown === 'help' ? <HelpDialog onClose={onClose} /> : null}
      {askedRemind === null ? null : (
        <RemindDialog mail={askedRemind} onClose={() => askRemindStore.set(null)} />
      )}
      {askedSnooze === null ? null : <SnoozeDialog />}
      {askedSignIn === null ? null : (
        <SignInAgain id={askedSignIn} onClose={() => askSignInStore.set(null)} />
      )}
    </Suspense>
  );
}
