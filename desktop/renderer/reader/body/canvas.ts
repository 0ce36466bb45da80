/** What a mail's HTML is shown on; `turned`: light and dark change places, for mail with colours of its own. */
export type Canvas = 'light' | 'dark' | 'turned';

/** `dark`: the screens are; `designed`: the mail brings its own colours; `chosen` by its reader, null: not yet. */
export function chooseCanvas({
  dark,
  designed,
  chosen,
}: {
  dark: boolean;
  designed: boolean;
  chosen: 'light' | 'dark' | null;
}): Canvas {
  if (!dark || chosen === 'light' || (designed && chosen === null)) return 'light';
  return designed ? 'turned' : 'dark';
}
