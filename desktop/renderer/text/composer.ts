import { en } from './en/composer.ts';
import { es } from './es/composer.ts';
import { defineTexts } from './text.ts';

export const composerTexts = defineTexts(en, es);
