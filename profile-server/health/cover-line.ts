const COVER = '***';

/** Word that announces a secret, and what follows it. */
const NAMED =
  /\b(pass(?:word|wd|phrase)?|secret|token|bearer|auth(?:orization)?|key|contraseña|clave)(\s*[:=]\s*|\s+(?:is|es)\s+)("[^"]*"|'[^']*'|\S+)/giu;
/** The protocol commands that carry one, as servers like to repeat them. */
const COMMANDS = /\b(PASS|APOP\s+\S+|AUTH\s+\S+)\s+\S+/g;
/** A long run without a blank that mixes letters and digits: tokens, base64, hashes. Host names have dots between short pieces. */
const LONG = /[\w+/=~-]{24,}/g;

/**
 * A mail server's line for somebody who is not its user: what looks like a secret is covered. The home has covered what it
 * knows of the account's own secrets already; this is for what a server made up or took from elsewhere.
 */
export function coverLine(line: string): string {
  return line
    .replace(COMMANDS, (_all, command: string) => `${command} ${COVER}`)
    .replace(NAMED, (_all, word: string, between: string) => `${word}${between}${COVER}`)
    .replace(LONG, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? COVER : word));
}
