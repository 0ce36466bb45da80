import { en } from './en/admin-health.ts';
import { es } from './es/admin-health.ts';
import { defineTexts } from './text.ts';

export const adminHealthTexts = defineTexts(en, es);
