import { en } from './en/origin.ts';
import { es } from './es/origin.ts';
import { defineTexts } from './text.ts';

export const originTexts = defineTexts(en, es);
