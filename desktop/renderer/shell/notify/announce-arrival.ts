import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { NativeAnnouncement } from '../../../native-api/native-api.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { native } from '../../session/native.ts';
import { serverStore } from '../../session/session.ts';
import { readSession, readTokens } from '../../session/tokens.ts';
import { languageStore, say } from '../../text/text.ts';
import { shellTexts } from '../../text/shell.ts';
import { describeArrival } from './describe-arrival.ts';
import { showNotification } from './show-notification.ts';

/** How long a tab waits for another one to say that it is being looked at, in milliseconds. */
const WAIT_MS = 500;
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('valija-in-front');
let seenAt = -Infinity;
if (channel !== null) channel.onmessage = () => (seenAt = performance.now());

/** Tells the person of mails that have just come, unless a window of ours is in front. All tabs are called at once. */
export async function announceArrival(fresh: readonly MailRow[], unread: number): Promise<void> {
  const found = describeArrival(fresh, profileStore.get(), languageStore.get());
  const notice = found === null || !isShared() ? found : sayQuietly(fresh.length);
  if (native !== null) return await native.announce({ unread, notice });
  if (notice === null) return;
  const began = performance.now();
  const session = readSession();
  if (document.hasFocus()) channel?.postMessage(null);
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  if (document.hasFocus()) {
    channel?.postMessage(null);
    return;
  }
  if (seenAt >= began || session.aborted) return;
  showNotification(notice);
}

/** Many people use this computer: its settings say so, or the person said it at the sign-in. */
function isShared(): boolean {
  return serverStore.get().lab || (readTokens()?.session.lab ?? null) !== null;
}

/** What the system of a shared computer keeps of it says nothing of the mail. */
function sayQuietly(n: number): NonNullable<NativeAnnouncement['notice']> {
  return { title: 'Valija', body: say(shellTexts, 'arrived', { n }), mail: null };
}
