import type { NativeAnnouncement } from '../../../native-api/native-api.ts';
import { changeMailRoute } from '../route.ts';
import { hasLeave } from './leave.ts';

/** A notification by the browser; a click on it comes here and opens the mail. Other tabs of ours replace it by their own. */
export function showNotification({ title, body, mail }: NonNullable<NativeAnnouncement['notice']>): void {
  if (hasLeave() !== 'granted') return;
  try {
    const shown = new Notification(title, { body, tag: `valija-${mail ?? 'new'}` });
    shown.onclick = () => {
      window.focus();
      if (mail !== null) changeMailRoute({ box: 'inbox', account: null, mail, draft: null, query: null });
      shown.close();
    };
  } catch {
    // Some mobile browsers show them from service workers only, and say so by throwing: the status line tells it all the same.
  }
}
