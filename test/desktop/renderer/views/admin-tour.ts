import { goTo, leaveByEscape, type Stop } from './stop.ts';

const SECTIONS = [
  'overview',
  'users',
  'groups',
  'health',
  'health/providers',
  'queue',
  'storage',
  'parts',
  'policy',
  'audit',
  'alerts',
  'statistics',
  'rooms',
] as const;

/** Little more than a head where there is nothing yet. */
const BARE = ['groups', 'statistics', 'rooms'];

const section = (place: string): Stop => ({
  ...(BARE.includes(place) ? { like: true } : {}),
  name: `admin-${place.replace('/', '-')}`,
  open: async (page, web) =>
    await goTo(page, web, `admin/${place}`, `[data-testid=admin-${place.split('/')[0]}] h1`),
});

const behind = (name: string, place: string, button: string, shown: string): Stop => ({
  name: `admin-${name}`,
  open: async (page, web) => {
    await section(place).open(page, web);
    await page.locator(button).first().click();
    await page.locator(shown).first().waitFor();
  },
  leave: leaveByEscape,
});

/** The area of those who look after others, as an admin of the organisation sees it. */
export const ADMIN_TOUR: readonly Stop[] = [
  ...SECTIONS.map(section),
  behind('user-add', 'users', '[data-testid=user-add]', 'dialog:modal'),
  behind('user-import', 'users', '[data-testid=user-import]', 'dialog:modal'),
  behind(
    'user',
    'users',
    '.admin-page tbody button, [data-testid=user-row] button, .admin-page [role=row] button',
    '[data-testid=user-dialog]',
  ),
  behind('group-add', 'groups', '[data-testid=group-add]', '[data-testid=group-name]'),
];
