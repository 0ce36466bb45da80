import { hash } from 'node:crypto';

/** What a subject says of the conversation it belongs to. */
export interface SubjectFacts {
  /** Without prefixes and tags of lists, folded; what two subjects are compared by. */
  base: string;
  /** Begins as an answer does. */
  answer: boolean;
}

/** As mail programs of many languages write it: answers, and what was passed on, which is no answer. */
const ANSWER = 're|aw|antw|antwort|sv|vs|odp|ynt|rif|res|rép|ref|απ|на|回复|回覆|答复|返信';
const FORWARD = 'fwd|fw|rv|wg|tr|enc|vl|vb|doorst|i̇lt|ilt|pd|转发|轉寄|転送|enviado|reenviado';
const PREFIX = new RegExp(
  `^(?:(${ANSWER})|(?:${FORWARD}))\\s*(?:\\[\\d+\\]|\\(\\d+\\)|\\^\\d+)?\\s*[:：]\\s*`,
  'u',
);
/** RFC 5256 2.1 (`subj-blob`): the tag that a list puts in front. */
const TAG = /^\[[^[\]]{1,60}\]\s*/u;
/** White space but for the single space, which stays as it is. */
const SPACES = / \s+|[^\S ]\s*/gu;
const MOST_PREFIXES = 20;

/** Of a subject of one line; RFC 5256 2.1 with the prefixes of more languages. */
export function readSubject(subject: string): SubjectFacts {
  let rest = subject.normalize('NFKC').toLowerCase().replace(SPACES, ' ').trim();
  let answer = false;
  for (let count = 0; count < MOST_PREFIXES; count++) {
    const prefix = PREFIX.exec(rest);
    const tag = prefix === null ? TAG.exec(rest) : null;
    const length = prefix?.[0].length ?? tag?.[0].length ?? 0;
    if (length === 0 || length === rest.length) break;
    if (prefix?.[1] !== undefined) answer = true;
    rest = rest.slice(length);
  }
  return { base: foldBase(rest), answer };
}

function foldBase(text: string): string {
  return text
    .replace(/\s*\((?:fwd|rv)\)$/u, '')
    .normalize('NFD')
    .replace(/\p{Mn}+/gu, '')
    .normalize('NFC')
    .trim();
}

/** Said of too many things: two mails with such a subject have nothing to do with each other. */
const GENERIC = new Set(
  `(no subject)|no subject|(sin asunto)|sin asunto|kein betreff|(kein betreff)|hello|hello there|hi|hi there|hey|hola|
  buenas|buenos dias|buenas tardes|saludos|question|questions|a question|pregunta|preguntas|consulta|duda|dudas|help|
  ayuda|info|information|informacion|test|testing|prueba|pruebas|urgent|urgente|important|importante|thanks|thank you|
  gracias|muchas gracias|meeting|reunion|appointment|cita|call|llamada|invoice|factura|facturas|receipt|recibo|order|
  pedido|offer|oferta|presupuesto|quote|document|documents|documento|documentos|documentacion|file|files|archivo|
  archivos|photo|photos|foto|fotos|picture|pictures|news|noticias|newsletter|boletin|update|updates|actualizacion|
  notification|notificacion|reminder|recordatorio|alert|alerta|report|informe|contact|contacto|message|mensaje|
  new message|nuevo mensaje|payment|pago|confirmation|confirmacion|welcome|bienvenido|bienvenida|request|solicitud|
  feedback|status|none|untitled|scan|escaneo|attachment|adjunto|attached|out of office|fuera de la oficina`
    .split('|')
    .map((one) => one.trim()),
);
/** Four letters, or three signs of scripts in which two say as much as a word. */
const ENOUGH =
  /\p{L}(?:\P{L}*\p{L}){3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3}/u;

/** What conversations are looked for by, 48 bits, by the base of a subject; null where that says too little. */
export function makeSubjectKey(base: string): number | null {
  if (!ENOUGH.test(base) || GENERIC.has(base)) return null;
  return hash('sha256', base, 'buffer').readUIntBE(0, 6);
}
