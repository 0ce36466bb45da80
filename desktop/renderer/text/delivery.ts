import { en } from './en/delivery.ts';
import { es } from './es/delivery.ts';
import { defineTexts } from './text.ts';

export const deliveryTexts = defineTexts(en, es);
