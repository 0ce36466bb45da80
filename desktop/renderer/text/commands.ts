import type { Command } from '../shell/commands.ts';
import { en } from './en/commands.ts';
import { es } from './es/commands.ts';
import { defineTexts } from './text.ts';

/** The title of each command. */
export const commandTexts = defineTexts<Command>(en, es);
