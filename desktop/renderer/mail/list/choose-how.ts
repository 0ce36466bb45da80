import type { MailRoute } from '../../shell/parse-route.ts';

/** How a list is read: only what is unread, by conversations, or plainly (null). What is found and drafts stand alone. */
export function chooseHow(
  { box, query }: Pick<MailRoute, 'box' | 'query'>,
  wanted: { conversations: boolean; onlyUnread: boolean },
): 'unread' | 'conversations' | null {
  if (wanted.onlyUnread) return 'unread';
  return wanted.conversations && query === null && box !== 'drafts' ? 'conversations' : null;
}
