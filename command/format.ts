import type { Address } from '../common/shapes/address.ts';
import type { Language } from '../common/shapes/profile.ts';
import { cleanText } from './report.ts';

/** Columns for people, two spaces apart; the last one runs on. `right` columns are numbers. */
export function formatTable(rows: string[][], right: number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => measure(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const room = ' '.repeat((widths[column] ?? 0) - measure(cell));
          if (right.includes(column)) return room + cell;
          return column === row.length - 1 ? cell : cell + room;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Columns of a terminal: East Asian wide characters and emoji take two, combining marks none. */
function measure(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** One line of a stranger's text, at most `columns` long. */
export function cut(text: string, columns: number): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim();
  if (measure(line) <= columns) return line;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (measure(kept + segment) >= columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

export function formatAddress({ name, address }: Address): string {
  return cleanText(name === null || name === '' ? address : `${name} <${address}>`);
}

export function formatAddresses(addresses: Address[]): string {
  return addresses.map(formatAddress).join(', ');
}

/** A time of the contract in the user's zone and language. */
export function formatWhen(time: string | null, language: Language): string {
  if (time === null) return '–';
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' });
}

export function formatSize(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${formatNumber(value, power === 0 || value >= 100 ? 0 : 1, language)} ${units[power]}`;
}

/** With the decimal sign of the language and exactly so many places. */
export function formatNumber(value: number, places: number, language: Language): string {
  return value.toLocaleString(language, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: false,
  });
}
