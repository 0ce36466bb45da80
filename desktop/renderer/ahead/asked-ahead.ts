import type { Refreshed } from '../session/tokens.ts';

export interface RefreshAnswer {
  status: number;
  body: string;
  /** When it came, by `performance.now()`. */
  at: number;
}

/** What the page asked for before its script was there. */
export interface AskedAhead {
  /** The answer to the exchange of the refresh cookie. Taken once: null afterwards. */
  refresh: Promise<RefreshAnswer> | null;
  /** Whose session it is; null while that is not known. */
  session: string | null;
  /** What the home was asked, by `nameCall`, and its answers in tRPC's form. */
  calls: Map<string, Promise<unknown>>;
}

/** Where the page's own script and the client's meet. */
export const meeting = globalThis as { valijaAhead?: AskedAhead };

export function nameCall(path: string, input: unknown): string {
  return `${path} ${JSON.stringify(input ?? null)}`;
}

/** The exchange that was made ahead, and how many milliseconds ago; null: there was none, or somebody has its answer already. */
export async function takeRefresh(): Promise<{ response: Response; age: number } | null> {
  const ahead = meeting.valijaAhead;
  const refresh = ahead?.refresh ?? null;
  if (ahead === undefined || refresh === null) return null;
  ahead.refresh = null;
  const { status, body, at } = await refresh;
  return { response: new Response(body, { status }), age: performance.now() - at };
}

/** The answer to a call of this session that was made ahead; null: it was not made. Each is taken once. */
export function takeCall(session: string | undefined, path: string, input: unknown): Promise<unknown> | null {
  const ahead = meeting.valijaAhead;
  if (ahead === undefined || session === undefined || ahead.session !== session) return null;
  const name = nameCall(path, input);
  const answer = ahead.calls.get(name) ?? null;
  ahead.calls.delete(name);
  return answer;
}

/** What of an exchange's answer is needed to ask the home; null: there is nothing to ask. */
export function readRefresh(body: string): (Refreshed & { home: string }) | null {
  const refreshed = JSON.parse(body) as Refreshed;
  const { home, tokens } = refreshed;
  return home === null || tokens.storage === null ? null : { ...refreshed, home };
}
