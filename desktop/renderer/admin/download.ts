import { offerFile } from '../parts/offer-file.ts';

/** Has the browser save a text as a file. */
export function downloadText(name: string, text: string, type: string): void {
  offerFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
