import { en } from './en/help.ts';
import { es } from './es/help.ts';
import { defineTexts } from './text.ts';

export const helpTexts = defineTexts(en, es);
