import { mailboxesQuery, queries } from '../mail/cache/mail-cache.ts';
import { forgetWithSession } from '../session/forget.ts';
import { tell } from '../shell/notices.ts';
import { announceArrival } from '../shell/notify/announce-arrival.ts';
import { changeMailRoute } from '../shell/route.ts';
import { laterTexts } from '../text/later.ts';
import { say } from '../text/text.ts';
import { snoozesQuery } from './snoozes.ts';

/** Mails that were told of here, each with its time: every tab hears of it, and a reconnected one again. */
const told = new Set<string>();
forgetWithSession(() => told.clear());

/** Mails were put off or came back: the list is read again, and what came back is said, once. */
export async function tellBack(mail: string | null): Promise<void> {
  const found = await queries.fetchQuery({ ...snoozesQuery, staleTime: 0 }).catch(() => []);
  const back = found.find((one) => one.mail.id === mail && one.state === 'back');
  if (back === undefined || told.has(`${mail} ${back.at}`)) return;
  told.add(`${mail} ${back.at}`);
  const subject = back.mail.subject || say(laterTexts, 'no-subject');
  const open = { box: 'inbox', account: null, query: null, mail: back.mail.id, draft: null };
  tell({
    kind: 'done',
    text: say(laterTexts, 'snooze-back', { subject }),
    action: { label: say(laterTexts, 'remind-open'), run: () => changeMailRoute(open) },
    lasts: 20_000,
  });
  const inbox = queries.getQueryData(mailboxesQuery.queryKey)?.find(({ role }) => role === 'inbox');
  await announceArrival([back.mail], inbox?.unread ?? 1);
}
