import { cut, type Pools } from './corpus.ts';
import type { Language } from './words.ts';

const ENTITIES: Record<string, string> = {
  á: '&aacute;',
  é: '&eacute;',
  í: '&iacute;',
  ó: '&oacute;',
  ñ: '&ntilde;',
};
const STYLE = Array.from(
  { length: 60 },
  (_, number) =>
    `.c${number} td > a:hover { color: #33${number}; font-family: Arial, sans-serif; padding: 0 ${number}px }`,
).join('\r\n');

/** Paragraphs as programs write them: nested tables, styles in every tag, links with long addresses, letters as entities. */
export function makeHtmlPool(text: string): string {
  let number = 0;
  return text.replace(/([^\r\n]+)\r\n/g, (_, line: string) => {
    number += 1;
    const named = number % 3 === 0 ? line.replace(/[áéíóñ]/g, (letter) => ENTITIES[letter]!) : line;
    const style = `style="margin:0;padding:4px ${number % 20}px;font:14px/20px Arial"`;
    if (number % 7 !== 0) return `<tr><td class="c${number % 60}" ${style}><p>${named}</p></td></tr>\r\n`;
    const link = `https://click.example/track/${number.toString(36).repeat(12)}?u=${number}&amp;c=mail`;
    return `<tr><td ${style}><a href="${link}"><b>${named}</b></a><img src="https://img.example/${number}.png" alt=""></td></tr>\r\n`;
  });
}

export function makeHtml(number: number, language: Language, { html, random }: Pools): string {
  const scale = language === 'ja' ? 0.6 : 1;
  const rows = cut(html[language], scale * (1500 + random() ** 2 * 30_000), random);
  return (
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Mail ${number}</title><style>\r\n${random() < 0.6 ? STYLE : ''}</style></head>\r\n` +
    `<body><table width="600">\r\n${rows}</table><p>No. ${number}-${Math.floor(random() * 1e6)} &copy; 2026</p></body></html>\r\n`
  );
}
