/** A page of somebody else's: a new window of the browser; the desktop app hands it to the system's browser. */
export function openPage(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
