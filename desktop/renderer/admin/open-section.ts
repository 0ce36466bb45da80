import { goTo } from '../shell/route.ts';
import type { AdminSection } from './sections.ts';

/** Shows a section of the admin area; `more` narrows it, such as to one state. */
export function openSection(section: AdminSection, more: string | null = null): void {
  goTo({ view: 'admin', item: more === null ? section : `${section}/${more}` });
}
