/** Chromium checks every word in each of them. */
const MOST = 3;

/**
 * Which of the offered languages (`en-US`, `es-ES`, `es`) fit the wanted ones best: the very one, else that language as such,
 * else the first of its kinds. In the order of the wanted.
 */
export function chooseSpelling(offered: readonly string[], wanted: readonly string[]): string[] {
  const found = wanted.map((language) => {
    const exact = offered.find((one) => one.toLowerCase() === language.toLowerCase());
    const base = baseOf(language);
    return exact ?? offered.find((one) => one === base) ?? offered.find((one) => baseOf(one) === base);
  });
  return [...new Set(found.filter((one) => one !== undefined))].slice(0, MOST);
}

function baseOf(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}

/** The language of a dictionary's file as Chromium names them, such as `en-US-10-1.bdic`; null for any other file. */
export function readDictionaryName(file: string): string | null {
  return /^([a-z]{2,3}(?:-[A-Za-z0-9]{2,4})?)-\d{1,3}-\d{1,3}\.bdic$/.exec(file)?.[1] ?? null;
}
