/** Where each list was scrolled to, while the page lives. */
const places = new Map<string, number>();

export function keepScroll(list: string, top: number): void {
  places.set(list, top);
}

export function readScroll(list: string): number {
  return places.get(list) ?? 0;
}
