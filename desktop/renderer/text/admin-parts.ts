import { en } from './en/admin-parts.ts';
import { es } from './es/admin-parts.ts';
import { defineTexts } from './text.ts';

export const adminPartTexts = defineTexts(en, es);
