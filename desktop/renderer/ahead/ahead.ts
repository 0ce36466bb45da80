import { chooseFirstList } from '../mail/first-list.ts';
import { makeListInput } from '../mail/list/list-input.ts';
import { makePlain } from '../session/plain-call.ts';
import { exchangeCookie, inTurn, resumesByCookie } from '../session/refresh-cookie.ts';
import { parseRoute } from '../shell/parse-route.ts';
import { type AskedAhead, meeting, nameCall, readRefresh, type RefreshAnswer } from './asked-ahead.ts';

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

/** Milliseconds for which the first call waits for a line that is being opened: another one would take longer. */
const GREETING_PATIENCE = 100;

/**
 * Connects to the homes that the page's header names (profile-server/web) by asking how they are, just as calls are made:
 * browsers keep other connections for what goes with cookies. Whoever calls next hears what failed.
 */
async function greetHomes(): Promise<void> {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const homes = (page?.serverTiming ?? []).filter(({ name }) => name === 'home');
  await Promise.allSettled(homes.map(async ({ description }) => await fetch(`${description}/health`)));
}

async function askForSession(greeting: Promise<void>): Promise<RefreshAnswer> {
  const answer = await inTurn(async () => {
    const response = await exchangeCookie('', true);
    return { status: response.status, body: await response.text(), at: performance.now() };
  });
  if (answer.status === 200) askHome(answer.body, greeting);
  return answer;
}

function askHome(body: string, greeting: Promise<void>): void {
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
  const ask = async (): Promise<unknown[]> => {
    await Promise.race([greeting, new Promise((resolve) => setTimeout(resolve, GREETING_PATIENCE))]);
    return (await (await fetch(url, makePlain(url, init))).json()) as unknown[];
  };
  const answers = ask();
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
  const greeting = greetHomes();
  ahead.refresh = askForSession(greeting);
  // Whoever takes it hears of it.
  ahead.refresh.catch(() => null);
}
