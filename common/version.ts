/** Of the whole of Valija: all parts of one installation run the same. Equal to package.json's. */
export const VERSION = '0.1.0';
