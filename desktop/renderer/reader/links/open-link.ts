import { beginMailTo } from '../../composer/begin-mail.ts';
import { openPage } from '../../parts/open-page.ts';
import { readTarget } from './links.ts';

/** Follows a link of a mail: an address opens the composer, a page opens outside of the client. */
export function openLink(href: string): void {
  const target = readTarget(href);
  if (target === null) return;
  if (target.protocol === 'mailto:') beginMailTo(target);
  else openPage(target.href);
}
