import { makeVisitor, type Page, type Visitor } from './web-visitor.ts';

/**
 * Signs in at the provider as NAME and consents; the page on which the browser ends. `visitor`: a browser with a past.
 * With `until` it goes only as far as a page that fits.
 */
export async function consent(
  url: string,
  name: string,
  { visitor = makeVisitor(), until = /^$/ }: { visitor?: Visitor; until?: RegExp } = {},
): Promise<Page> {
  let page = await visitor.open(url);
  for (let step = 0; step < 6 && page.text.includes('<form') && !until.test(page.text); step++) {
    const asksName = page.text.includes('name="login"');
    page = await visitor.submit(page, asksName ? { login: name, password: 'anything' } : {});
  }
  return page;
}

/** What the admin sets of a provider of the tests; tokens go to `hosts` only. */
export function clientOf(
  oidc: {
    issuer: string;
    clientId: string;
    clientSecret: string;
    authorizeUrl: string;
    tokenUrl: string;
    deviceUrl: string;
  },
  hosts: string[],
) {
  const { issuer, clientId, clientSecret, authorizeUrl, tokenUrl, deviceUrl } = oidc;
  return {
    provider: 'own',
    clientId,
    clientSecret,
    name: 'University',
    authorizeUrl,
    tokenUrl,
    deviceUrl,
    issuer,
    scopes: ['openid', 'email', 'mail'],
    flows: ['code' as const, 'device' as const],
    hosts,
  };
}
