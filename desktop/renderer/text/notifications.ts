import { en } from './en/notifications.ts';
import { es } from './es/notifications.ts';
import { defineTexts } from './text.ts';

export const notificationTexts = defineTexts(en, es);
