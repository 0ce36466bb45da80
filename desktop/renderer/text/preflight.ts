import { en } from './en/preflight.ts';
import { es } from './es/preflight.ts';
import { defineTexts } from './text.ts';

/** What is said of a mail before it is sent. */
export const preflightTexts = defineTexts(en, es);
