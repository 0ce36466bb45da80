import type { Entry } from '../text.ts';
import type { en } from '../en/origin.ts';

export const es: Record<keyof typeof en, Entry> = {
  fails: '{domain} dice que este mensaje no es suyo. El remitente puede ser falso.',
  other: 'Nada muestra que este mensaje sea de {domain}: solo {by} responde por él.',
  why: 'Cómo se sabe',
  less: 'Menos',
  'sender-check': 'Comprobación del remitente',
  'judged-here': 'Lo comprobó Valija al recoger el mensaje, {time}.',
  'judged-there': 'Lo comprobó {by} cuando llegó allí; leído {time}.',
};
