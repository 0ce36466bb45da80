/** The number on the icon of an installed client, and a dot on the picture of the tab; 0 takes both away. */
export function showBadge(unread: number): void {
  // Where there is no such thing, or it is not allowed, the number in the title is enough.
  if (unread > 0) navigator.setAppBadge?.(unread).catch(() => undefined);
  else navigator.clearAppBadge?.().catch(() => undefined);
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon !== null) icon.href = markIcon(icon.href, unread > 0);
}

const DOT = '<circle cx="77%" cy="23%" r="23%" fill="#d2382b"/>';

/** The picture as a `data:` address of an SVG with the dot or without it; any other picture as it is. */
export function markIcon(href: string, marked: boolean): string {
  const head = 'data:image/svg+xml,';
  if (!href.startsWith(head)) return href;
  const picture = decodeURIComponent(href.slice(head.length)).replace(DOT, '');
  return head + encodeURIComponent(marked ? picture.replace('</svg>', `${DOT}</svg>`) : picture);
}
