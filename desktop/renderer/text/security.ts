import { en } from './en/security.ts';
import { es } from './es/security.ts';
import { defineTexts } from './text.ts';

/** Who gets in as the user, and how. */
export const securityTexts = defineTexts(en, es);
