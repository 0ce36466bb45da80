import { en } from './en/palette.ts';
import { es } from './es/palette.ts';
import { defineTexts } from './text.ts';

export const paletteTexts = defineTexts(en, es);
