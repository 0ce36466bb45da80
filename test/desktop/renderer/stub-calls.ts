import type { Page, Route } from 'playwright-core';
import { toWireError, type MailError } from '../../../common/errors.ts';

/** What a stubbed procedure answers; a thrown MailError goes over the wire as a server sends it. */
export type Stub = (input: never) => unknown;

/**
 * Answers some procedures of the servers in their place, for states that real servers reach slowly or never; all others
 * reach them. Stubs by name, such as `account.timeline`. Returns what was asked, in order.
 */
export async function stubCalls(page: Page, stubs: Record<string, Stub>): Promise<Asked[]> {
  const asked: Asked[] = [];
  await page.route(/\/trpc\/[^?]+/, async (route) => {
    const url = new URL(route.request().url());
    const names = decodeURIComponent(url.pathname.replace(/^.*\/trpc\//, '')).split(',');
    if (!names.some((name) => name in stubs)) return await route.fallback();
    const batched = url.searchParams.has('batch');
    const body = readBody(route);
    const inputs = names.map((_, at) => (batched ? (body as Record<string, unknown> | null)?.[at] : body));
    const answers = await Promise.all(
      names.map(async (name, at) => {
        const stub = stubs[name];
        if (stub === undefined) return await askServer(route, url, name, inputs[at]);
        asked.push({ name, input: inputs[at] });
        return await answer(stub, name, inputs[at]);
      }),
    );
    const origin = route.request().headers()['origin'];
    await route.fulfill({
      status: 200,
      contentType: 'application/json',
      headers: origin === undefined ? {} : { 'access-control-allow-origin': origin },
      body: JSON.stringify(batched ? answers : answers[0]),
    });
  });
  return asked;
}

export interface Asked {
  name: string;
  input: unknown;
}

async function answer(stub: Stub, name: string, input: unknown): Promise<object> {
  try {
    return { result: { data: await stub(input as never) } };
  } catch (error) {
    const valija = toWireError(error as MailError);
    const data = { code: 'BAD_REQUEST', httpStatus: 400, path: name, valija };
    return { error: { message: valija.code, code: -32_600, data } };
  }
}

/** Plain calls have their token before it. */
function readBody(route: Route): unknown {
  const text = (route.request().postData() ?? '').replace(/^Bearer .*\n/, '');
  return text === '' ? null : (JSON.parse(text) as unknown);
}

async function askServer(route: Route, url: URL, name: string, input: unknown): Promise<unknown> {
  const alone = new URL(url);
  alone.pathname = `${url.pathname.replace(/\/trpc\/.*$/, '/trpc/')}${name}`;
  const [bearer = ''] = /^Bearer .*\n/.exec(route.request().postData() ?? '') ?? [];
  const answered = await route.fetch({ url: alone.href, postData: bearer + JSON.stringify({ 0: input }) });
  return ((await answered.json()) as unknown[])[0];
}
