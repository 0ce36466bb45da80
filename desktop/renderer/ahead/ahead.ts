import { chooseFirstList } from '../mail/first-list.ts';
import { makeListInput } from '../mail/list/list-input.ts';
import { makePlain } from '../session/plain-call.ts';
import { exchangeCookie, inTurn, resumesByCookie } from '../session/refresh-cookie.ts';
import { parseRoute } from '../shell/parse-route.ts';
import { type AskedAhead, meeting, nameCall, readRefresh } from './asked-ahead.ts';

/**
 * Stands in the page itself and asks for the session and the first list while the script of the client is still on its way:
 * on a slow line that is half a second. The client takes the answers as if it had asked (`asked-ahead.ts`), and asks itself
 * for whatever did not come.
 */
const ahead: AskedAhead = { refresh: null, session: null, calls: new Map() };

interface Call {
  path: string;
  input?: unknown;
}

async function askForSession(): Promise<{ status: number; body: string }> {
  const { status, body } = await inTurn(async () => {
    const response = await exchangeCookie('', true);
    return { status: response.status, body: await response.text() };
  });
  if (status === 200) askHome(body);
  return { status, body };
}

function askHome(body: string): void {
  const refreshed = readRefresh(body);
  if (refreshed === null) return;
  const chosen = refreshed.profile?.items.find(
    ({ part, id }) => part === 'preferences' && id === 'conversations',
  );
  const list = chooseFirstList(parseRoute(location.hash), { conversations: chosen?.value === true });
  if (list === null) return;
  const calls: Call[] = [
    { path: 'mail.list', input: makeListInput(list, null) },
    { path: 'mailbox.list' },
    { path: 'sending.waiting' },
    { path: 'remind.list' },
    ...(list.box === 'inbox' ? [{ path: 'snooze.list' }] : []),
  ];
  const inputs = calls.flatMap(({ input }, at) => (input === undefined ? [] : [[String(at), input]]));
  const url = `${refreshed.home.replace(/\/$/, '')}/trpc/${calls.map(({ path }) => path).join(',')}?batch=1`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${refreshed.tokens.storage}` };
  const init = { method: 'POST', headers, body: JSON.stringify(Object.fromEntries(inputs) as object) };
  const answers = fetch(url, makePlain(url, init)).then(
    async (response) => (await response.json()) as unknown[],
  );
  ahead.session = refreshed.session.id;
  for (const [at, { path, input }] of calls.entries()) {
    // One that fails is asked again by whoever wants it.
    ahead.calls.set(
      nameCall(path, input),
      answers.then(
        (all) => all[at],
        () => null,
      ),
    );
  }
}

if (window.valija === undefined && resumesByCookie(location)) {
  meeting.valijaAhead = ahead;
  ahead.refresh = askForSession();
  // Whoever takes it hears of it.
  ahead.refresh.catch(() => null);
}
