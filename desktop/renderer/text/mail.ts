import { en } from './en/mail.ts';
import { es } from './es/mail.ts';
import { defineTexts } from './text.ts';

export const mailTexts = defineTexts(en, es);
export type MailText = keyof typeof en;
