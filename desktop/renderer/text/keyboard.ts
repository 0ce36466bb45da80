import { en } from './en/keyboard.ts';
import { es } from './es/keyboard.ts';
import { defineTexts } from './text.ts';

export const keyboardTexts = defineTexts(en, es);
