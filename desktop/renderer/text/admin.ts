import { en } from './en/admin.ts';
import { es } from './es/admin.ts';
import { defineTexts } from './text.ts';

export const adminTexts = defineTexts(en, es);
