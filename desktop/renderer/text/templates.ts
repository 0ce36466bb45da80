import { en } from './en/templates.ts';
import { es } from './es/templates.ts';
import { defineTexts } from './text.ts';

export const templateTexts = defineTexts(en, es);
