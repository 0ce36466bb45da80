import { en } from './en/vault.ts';
import { es } from './es/vault.ts';
import { defineTexts } from './text.ts';

export const vaultTexts = defineTexts(en, es);
