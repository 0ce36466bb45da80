import { en } from './en/sender.ts';
import { es } from './es/sender.ts';
import { defineTexts } from './text.ts';

export const senderTexts = defineTexts(en, es);
