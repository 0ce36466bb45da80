export const SETTINGS_SECTIONS = [
  'accounts',
  'identities',
  'mailboxes',
  'rules',
  'templates',
  'appearance',
  'keyboard',
  'notifications',
  'storage',
  'transfer',
  'history',
  'programs',
  'security',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** Where the person is; it stands in the address after `#`, so that reload, back and forward work. */
export type Route =
  | {
      view: 'mail';
      /** A role, the id of a mailbox of the user's own, or `search`. */
      box: string;
      /** Only mail of this account. */
      account: string | null;
      mail: string | null;
      /** The draft in the composer; `new` before its first save. */
      draft: string | null;
      /** What is looked for, with the box `search`; else null. */
      query: string | null;
    }
  | {
      view: 'settings';
      section: SettingsSection;
      item: string | null;
      /** A page of the item; null is its first. */
      page: string | null;
    }
  /** The address book and who is open in it, or the admin area and its section. */
  | { view: 'contacts' | 'admin'; item: string | null };
export type MailRoute = Extract<Route, { view: 'mail' }>;

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', second = '', third = '', fourth = ''] = path.split('/').map((part) => safeDecode(part));
  const params = new URLSearchParams(query);
  if (first === 'settings') {
    const section = SETTINGS_SECTIONS.find((name) => name === second) ?? 'accounts';
    return { view: 'settings', section, item: third || null, page: fourth || null };
  }
  if (first === 'contacts' || first === 'admin')
    return { view: first, item: safeDecode(path.slice(first.length + 1)) || null };
  return {
    view: 'mail',
    // Who came by an invitation's address has arrived.
    box: first === '' || first === 'register' ? 'inbox' : first,
    account: params.get('account'),
    mail: second || null,
    draft: params.get('draft'),
    query: first === 'search' ? (params.get('q') ?? '') : null,
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function formatRoute(route: Route): string {
  if (route.view === 'settings') {
    const parts = [route.section, route.item, route.page].filter((part) => part !== null);
    return `#/settings/${parts.map(encodeURIComponent).join('/')}`;
  }
  if (route.view !== 'mail') return `#/${route.view}/${route.item ?? ''}`;
  const params = new URLSearchParams();
  if (route.account !== null) params.set('account', route.account);
  if (route.draft !== null) params.set('draft', route.draft);
  if (route.query) params.set('q', route.query);
  const query = params.size === 0 ? '' : `?${params}`;
  const mail = route.mail === null ? '' : `/${encodeURIComponent(route.mail)}`;
  return `#/${encodeURIComponent(route.box)}${mail}${query}`;
}
