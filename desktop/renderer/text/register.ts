import { en } from './en/register.ts';
import { es } from './es/register.ts';
import { defineTexts } from './text.ts';

/** Codes that are asked of new users. */
export const registerTexts = defineTexts(en, es);
