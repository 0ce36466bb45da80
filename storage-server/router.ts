import { discoverRouter } from './discovery/discover-api.ts';
import { draftRouter } from './draft/draft-api.ts';
import { eventRouter } from './event/event-api.ts';
import { rulesRouter } from './filing/filing-api.ts';
import { mailRouter } from './mail/mail-api.ts';
import { threadRouter } from './mail/threads/thread-api.ts';
import { labelRouter } from './mailbox/label-api.ts';
import { mailboxRouter } from './mailbox/mailbox-api.ts';
import { accountRouter } from './account-test/account-test-api.ts';
import { checkRouter } from './retrieval/check-api.ts';
import { remindRouter } from './reminder/reminder-api.ts';
import { retentionRouter } from './retrieval/retention/retention-api.ts';
import { pictureRouter } from './picture/picture-api.ts';
import { searchRouter } from './search/search-api.ts';
import { routeRouter } from './sending/route-api.ts';
import { sendingRouter } from './sending/sending-api.ts';
import { snoozeRouter } from './snooze/snooze-api.ts';
import { suppressionRouter } from './sending/suppression/suppression-api.ts';
import { summaryRouter } from './summary/summary-api.ts';
import { trpc } from './trpc.ts';
import { viewRouter } from './view/view-api.ts';

/** The API of the storage-server. Other parts import only its type. */
export const router = trpc.router({
  mail: mailRouter,
  thread: threadRouter,
  mailbox: mailboxRouter,
  label: labelRouter,
  event: eventRouter,
  draft: draftRouter,
  sending: sendingRouter,
  remind: remindRouter,
  snooze: snoozeRouter,
  route: routeRouter,
  suppression: suppressionRouter,
  check: checkRouter,
  account: accountRouter,
  search: searchRouter,
  retention: retentionRouter,
  picture: pictureRouter,
  view: viewRouter,
  summary: summaryRouter,
  rules: rulesRouter,
  discover: discoverRouter,
});
export type StorageRouter = typeof router;
