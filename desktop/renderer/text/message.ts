import { en } from './en/message.ts';
import { es } from './es/message.ts';
import { defineTexts } from './text.ts';

/** What is rarely done with one mail: printing, its source, keeping it as a file. */
export const messageTexts = defineTexts(en, es);
