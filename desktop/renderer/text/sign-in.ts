import { en } from './en/sign-in.ts';
import { es } from './es/sign-in.ts';
import { defineTexts } from './text.ts';

export const signInTexts = defineTexts(en, es);
