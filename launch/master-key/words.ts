import type { Language } from '../../common/shapes/profile.ts';

const en = {
  key: 'Master key: {key}',
  dataKeys: 'data keys of all users',
  waiting: 'waits',
  moving: 'goes on',
  going: '{n} rows moved …',
  done: 'done',
  cancelled: 'cancelled',
  rows: '{n} rows',
  waitsFor: 'Waits for {places}, which does not know the new key yet',
};

const es: typeof en = {
  key: 'Clave maestra: {key}',
  dataKeys: 'claves de datos de todos los usuarios',
  waiting: 'en espera',
  moving: 'en curso',
  going: '{n} filas movidas …',
  done: 'terminado',
  cancelled: 'cancelado',
  rows: '{n} filas',
  waitsFor: 'Espera a {places}, que aún no conoce la clave nueva',
};

/** What `master-key` says to people. */
export const MASTER_KEY_WORDS: Record<Language, typeof en> = { en, es };
