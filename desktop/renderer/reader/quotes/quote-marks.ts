/** What mail programs write around what they quote, in the languages of those who write to us. Lines are taken one by one, trimmed. */

/** Longer lines are text, and cost more to look at. */
const LONGEST = 320;
const VERB =
  /(?:^|[\s,>)])(?:wrote|writes|escribi[oó]|schrieb|a écrit|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?|pisze)(?=[\s:,])/iu;
/** "On Mon, 16 Nov 2026 at 10:12, Ana <ana@…> wrote:" and its like. */
export function isWroteLine(line: string): boolean {
  const text = line.trim();
  if (text.length > LONGEST || !/[:：]$/.test(text)) return false;
  if (/^(?:Quoting|Zitat von|Citando a|Citat von) .{2,200}:$/iu.test(text)) return true;
  if (/^\d{4}-\d\d-\d\d .{0,60}<[^<>\s]{1,200}@[^<>\s]{1,200}>\s?:$/.test(text)) return true;
  return VERB.test(text) && !/[.!?] /.test(text.replace(/\b(?:\p{L}{1,5}|\d{1,2})\./gu, ''));
}

/** Whether such a line says when or who by address: enough to believe it without `>` below it. */
export function hasDateOrAddress(line: string): boolean {
  return /\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d{2}\b|@/.test(line);
}

const ORIGINAL = [
  'original message',
  'mensaje original',
  'ursprüngliche nachricht',
  'originalnachricht',
  "message d[’']origine",
  'messaggio originale',
  'mensagem original',
  'oorspronkelijk bericht',
  'reply message',
].join('|');
const ORIGINAL_LINE = new RegExp(`^[-_* ]{2,20}(?:${ORIGINAL})[-_* ]{0,20}(?:$|-)`, 'iu');

/** "-----Original Message-----": from here on everything is quoted. */
export function isOriginalLine(line: string): boolean {
  return line.length < 200 && ORIGINAL_LINE.test(line.trim());
}

const FORWARDED =
  /^[-* ]{0,20}(?:forwarded message|mensaje reenviado|weitergeleitete nachricht|message transféré|messaggio inoltrato|mensagem encaminhada|begin forwarded message|inicio del mensaje reenviado|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:transféré|réexpédié))[-*: ]{0,20}$/iu;

/** What is passed on is what the mail is about: it stays open. */
export function isForwardLine(line: string): boolean {
  return line.length < 200 && FORWARDED.test(line.trim());
}

const FIELDS: readonly RegExp[] = [
  /^(?:from|de|von|da|van|från)$/iu,
  /^(?:sent|date|enviado(?: el)?|enviada(?: em)?|fecha|gesendet|datum|envoyé|date d’envoi|inviato|data|verzonden|skickat)$/iu,
  /^(?:to|para|an|à|a|aan|till)$/iu,
  /^(?:subject|asunto|betreff|objet|oggetto|assunto|onderwerp|ämne)$/iu,
];
const NEAR = 8;

/** A header as Outlook puts it over what it quotes, beginning at this line: who, and at least two of when, to whom and about what. */
export function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (findField(lines[at] ?? '') !== 0) return false;
  const found = new Set<number>();
  for (let next = at; next < Math.min(lines.length, at + NEAR); next += 1) {
    const line = (lines[next] ?? '').trim();
    if (line === '' && next > at + 1) break;
    found.add(findField(line));
  }
  found.delete(-1);
  return found.size >= 3;
}

function findField(line: string): number {
  const text = line.trim();
  if (text.length > 2000) return -1;
  const name = /^\**([\p{L}’' ]{1,20}?)\s?:/u.exec(text)?.[1]?.trim();
  return name === undefined ? -1 : FIELDS.findIndex((field) => field.test(name));
}

const DEVICE = [
  'sent from (?:my|yahoo|mail for|outlook|samsung|the all new|protonmail|proton mail|gmail|mailspring|spark)\\b.{0,60}',
  'sent (?:with|via) (?:proton|spark|mailspring|airmail|superhuman|tutanota)\\b.{0,60}',
  'enviado desde (?:mi|yahoo|outlook|correo|mi iphone|el nuevo|gmail|proton)\\b.{0,60}',
  'enviado (?:do meu|a partir do|mediante) .{1,60}',
  'von meinem .{1,50} gesendet',
  'gesendet (?:von|mit|über) (?:meinem|outlook|yahoo|mail|der|proton).{0,60}',
  "envoyé (?:de|depuis|à partir d[e’'])\\s?(?:mon|ma|outlook|yahoo|l[’']application|mail).{0,60}",
  'inviato da(?:l mio| outlook| yahoo| iphone| gmail).{0,60}',
  '(?:get|obtener|télécharger|scarica|holen sie sich|laden sie) outlook .{2,50}',
].join('|');
const DEVICE_LINE = new RegExp(`^(?:${DEVICE})$`, 'iu');

/** "Sent from my …", which nobody wrote. */
export function isDeviceLine(line: string): boolean {
  const text = line.trim();
  return text.length < 120 && DEVICE_LINE.test(text);
}

/** The line before a signature (RFC 3676 4.3), also where its space was lost. */
export function isSignatureLine(line: string): boolean {
  return line === '-- ' || line === '--';
}
