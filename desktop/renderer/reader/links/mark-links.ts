import { judgeLink, shownTarget } from './links.ts';

/** Every link tells where it goes; one that says another place is marked in the text too. */
export function markLinks(content: DocumentFragment): void {
  for (const link of content.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    const says = link.textContent;
    link.setAttribute('title', shownTarget(href));
    const warning = judgeLink(says, href);
    if (warning === null) continue;
    link.setAttribute('data-says', says);
    const mark = link.ownerDocument.createElement('span');
    mark.className = 'valija-warning';
    mark.textContent = ` ⚠ ${warning.target}`;
    link.append(mark);
  }
}
