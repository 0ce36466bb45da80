const PLAIN = /^[a-z]{4,30}$/;
const VOWEL = /[aeiouy]/;

/**
 * The word's light stems, English and Spanish, as far as they differ from it: `running` has `run`, `informaciones` has
 * `informacion`. Two forms are taken for one word when the words and stems of one have something in common with those
 * of the other; which language a mail is in need not be known.
 */
export function listStems(word: string): string[] {
  if (!PLAIN.test(word)) return [];
  return [...new Set([stemEnglish(word), stemSpanish(word)])].filter((stem) => stem !== word);
}

/** Plurals, -ing, -ed and silent e, as in the first step of Porter's algorithm. */
function stemEnglish(word: string): string {
  let stem = word;
  if (stem.endsWith('sses')) stem = stem.slice(0, -2);
  else if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/[^sui]s$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.endsWith('eed')) stem = stem.slice(0, -1);
  else stem = cutEnding(cutEnding(stem, 'ing'), 'ed');
  if (stem.length > 3 && stem.endsWith('e')) stem = stem.slice(0, -1);
  if (stem.length > 2 && /[^aeiou]i$/.test(stem)) stem = `${stem.slice(0, -1)}y`;
  return stem;
}

function cutEnding(word: string, ending: string): string {
  const stem = word.slice(0, -ending.length);
  if (!word.endsWith(ending) || stem.length < 3 || !VOWEL.test(stem)) return word;
  // stopping, stop; but calling, call.
  return /([^aeioulsz])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

/** Plurals and the last vowel, after Savoy's light stemmer; accents are gone already. */
function stemSpanish(word: string): string {
  if (word.length < 5) return word.length === 4 && /[aeo]s$/.test(word) ? word.slice(0, -2) : word;
  if (word.endsWith('ces')) return `${word.slice(0, -3)}z`;
  if (word.endsWith('eses')) return word.slice(0, -2);
  if (/[aeo]s$/.test(word)) return word.slice(0, -2);
  return /[aeo]$/.test(word) ? word.slice(0, -1) : word;
}
