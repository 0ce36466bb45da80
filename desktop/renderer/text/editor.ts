import { en } from './en/editor.ts';
import { es } from './es/editor.ts';
import { defineTexts } from './text.ts';

export const editorTexts = defineTexts(en, es);
