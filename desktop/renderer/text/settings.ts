import { en } from './en/settings.ts';
import { es } from './es/settings.ts';
import { defineTexts } from './text.ts';

export const settingsTexts = defineTexts(en, es);
