import type { Route } from '../shell/parse-route.ts';
import type { MailList } from './cache/patch-lists.ts';
import { chooseHow } from './list/choose-how.ts';

const ROLES: readonly string[] = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'];

/** The list that a place shows first; null: it shows another view, a search, or a mailbox that the profile has to name. */
export function chooseFirstList(route: Route, wanted: { conversations: boolean }): MailList | null {
  if (route.view !== 'mail' || route.query !== null || !ROLES.includes(route.box)) return null;
  const how = chooseHow(route, { ...wanted, onlyUnread: false });
  return { box: route.box, account: route.account, query: null, ...(how === null ? {} : { how }) };
}
