import { forgetWithPerson } from '../../session/forget.ts';

/** Where each list was scrolled to, while the page lives: for what was looked for, by its words. */
const places = new Map<string, number>();
forgetWithPerson(() => places.clear());

export function keepScroll(list: string, top: number): void {
  places.set(list, top);
}

export function readScroll(list: string): number {
  return places.get(list) ?? 0;
}
