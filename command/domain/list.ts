import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatDomain, viewDomains } from './domain-view.ts';

/** `domain list`: the own domains, who may send from them, and whether receivers will believe it. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { domains } = await ask(connection.profile.domain.list.query());
  const views = await viewDomains(connection, domains);
  const text = views.map((view) => formatDomain(view, call)).join('\n');
  return { value: { domains: views }, text: text === '' ? call.words().domainsNone : text };
}
