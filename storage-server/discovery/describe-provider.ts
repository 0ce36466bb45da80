import { findProviderOfHost } from '../../common/providers/find-provider.ts';
import type { Provider } from '../../common/providers/provider.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import type { OAuthChoice } from '../../common/shapes/oauth.ts';

type Described = Discovery['provider'];

/** What is known of who keeps the mailbox, from the surest source that knows something. */
export interface ProviderHints {
  /** Of the table: by the address's domain or its MX. */
  known: Provider | null;
  /** POP3 host of the best settings found. */
  host: string | null;
  /** What the domain's autoconfig file says. */
  published: Described;
  /** The domain says in DNS that it has no POP3. */
  noPop3: boolean;
  domain: string;
}

/** Name and needs of the provider, and whether one can sign in there: only where the admin has set a client id. */
export function describeProvider(hints: ProviderHints, choices: readonly OAuthChoice[]): Described {
  const { known, host, published, noPop3, domain } = hints;
  const provider = known ?? (host === null ? null : findProviderOfHost(host));
  const choice = choices.find(
    ({ id, ready, hosts }) => ready && (id === provider?.id || (host !== null && hosts.includes(host))),
  );
  const oauth = choice?.id ?? null;
  if (provider !== null) {
    const { id, name, needs, help } = provider;
    return { id, name, needs: [...needs], help, oauth };
  }
  if (published !== null) return { ...published, oauth };
  if (choice !== undefined) return { id: choice.id, name: choice.name, needs: [], help: null, oauth };
  if (noPop3) return { id: domain, name: domain, needs: ['no-pop'], help: null, oauth: null };
  return null;
}
