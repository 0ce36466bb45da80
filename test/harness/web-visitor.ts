/** A browser as far as a sign-in at a provider needs one: cookies for each host, redirects, forms. No script runs. */
export interface Visitor {
  /** Follows redirects; the page it ends on. */
  open(url: string): Promise<Page>;
  /** Sends the page's only form with its hidden fields and these values. */
  submit(page: Page, values?: Record<string, string>): Promise<Page>;
  /** The Cookie header that goes to this address. */
  cookies(url: string): string;
}

export interface Page {
  url: URL;
  status: number;
  headers: Headers;
  text: string;
}

/** `cookie`: one that it has from before. */
export function makeVisitor(cookie: { url: string; pair: [string, string] } | null = null): Visitor {
  const cookies = new Map<string, Map<string, string>>();
  if (cookie !== null) cookies.set(new URL(cookie.url).host, new Map([cookie.pair]));
  const write = (jar: Map<string, string>): string =>
    [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (url: URL, form: URLSearchParams | null): Promise<Page> => {
    const jar = cookies.get(url.host) ?? new Map<string, string>();
    cookies.set(url.host, jar);
    const cookie = write(jar);
    const response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      headers: { cookie, ...(form === null ? {} : { origin: url.origin }) },
      body: form,
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.arrayBuffer();
      const next = new URL(location, url);
      // The client's page: what it gets stands in the fragment.
      if (next.hash !== '') return { url: next, status: 200, headers: response.headers, text: '' };
      return await ask(next, null);
    }
    return { url, status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    cookies: (url) => write(cookies.get(new URL(url).host) ?? new Map()),
    open: async (url) => await ask(new URL(url), null),
    submit: async (page, values = {}) => {
      const action = /<form[^>]*\saction="([^"]*)"/.exec(page.text)?.[1] ?? page.url.href;
      const form = new URLSearchParams();
      for (const [input] of page.text.matchAll(/<input[^>]*>/g)) {
        const name = /\sname="([^"]*)"/.exec(input)?.[1];
        if (name !== undefined) form.set(name, readValue(input));
      }
      for (const [name, value] of Object.entries(values)) form.set(name, value);
      const target = new URL(action.replaceAll('&amp;', '&'), page.url);
      if (!/<form[^>]*\smethod="get"/.test(page.text)) return await ask(target, form);
      target.search = form.toString();
      return await ask(target, null);
    },
  };
}

function readValue(input: string): string {
  const raw = /\svalue="([^"]*)"/.exec(input)?.[1] ?? '';
  return raw.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
}
