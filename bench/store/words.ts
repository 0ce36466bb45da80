/** Numbers from a seed, the same on every machine (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Language = 'en' | 'es' | 'ja';

const SPANISH = {
  common:
    'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada vida otro después otros siempre gracias saludos hola señor empresa reunión factura información pedido envío mañana correo',
  starts:
    'a con des en in re pre pro trans sub com es ex ar car cor man mar par per por sal ser sol tar ter tor val ven ver vis bar ber can cas cer cir col cub dar dor fal fer fin for gar gen gol gra her his hor jar jus lan lec lin lla loc luz mil mir mon mor mul nac nob nor pal pan pas pel pin pla pol pre pun ras rec rib rod rom rub',
  middles: 'a e i o u ta te ti to ra re ri ro la le li lo ma me mi mo na ne ni no da de di do ca que ci co',
  ends: 'r s n do da ción ciones mente dad dades miento mientos ble bles ncia ncias dor dora dores ista istas ito ita oso osa ando iendo aron ía ías ó é á o a os as e es',
};
const ENGLISH = {
  common:
    'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through back years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three please thanks meeting invoice order report attached regards',
  starts:
    'a be con de dis en ex in inter mis over pre pro re sub trans un under up back bal ban bar bel ben bil bor bran bur cal can car cas cen char chan clo col cor cre cul dan dar del den dif dor dra ear fal fan far fel fin fla fol for fra ful gar gen gla gol gra hal han har hea hol hor jol jun ker kin lan lar lea lin loc lum mar mas mil min mon mor nor pal pan par pas pel pin pla pol por pun ran ras rec rib rol rub sal san sen sil sol spa sta ste sto tal tan tar ten tor tra tri tur val ven ver vis wal war wel win wor',
  middles: 'a e i o u er in on al en ar or at it il ic ed is us am ul ol et',
  ends: 'ing ed s er ers ly tion tions ment ments ness able al ive ity ies ous ism ist age ful less t d n y e es ter der ble ck ll',
};
const KANA = 'のにはをたがでてとしれさいるなあかこきくけすせそちつまみむめもやゆよらりろわん';

/** A language's words, the most usual first. */
export function makeVocabulary(language: Language, size: number, random: () => number): string[] {
  if (language === 'ja') return makeJapanese(size, random);
  const source = language === 'es' ? SPANISH : ENGLISH;
  const words = new Set(source.common.split(' '));
  const [starts, middles, ends] = [source.starts, source.middles, source.ends].map((one) => one.split(' '));
  const pick = (from: string[]): string => from[Math.floor(random() * from.length)]!;
  while (words.size < size) {
    const inner = random() < 0.5 ? pick(middles!) : `${pick(middles!)}${random() < 0.5 ? pick(starts!) : ''}`;
    words.add(`${pick(starts!)}${inner}${pick(ends!)}`);
  }
  return [...words];
}

/** Words of one to four characters, written without spaces. */
function makeJapanese(size: number, random: () => number): string[] {
  const words = new Set(['東京', '会議', '資料', '確認', 'お願い', '予定', '報告', '注文', 'ありがとう']);
  while (words.size < size) {
    let word = '';
    for (let rest = 1 + Math.floor(random() * 3); rest > 0; rest--) {
      word += String.fromCharCode(0x4e00 + Math.floor(random() ** 2 * 2500));
    }
    words.add(random() < 0.5 ? `${word}${KANA[Math.floor(random() * KANA.length)]}` : word);
  }
  return [...words];
}

/** Numbers below `size` as words of a text come: the first often, the last hardly ever (Zipf). */
export function makeZipf(size: number, random: () => number): () => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) sums[rank] = sum += 1 / (rank + 2.7);
  return () => {
    const sought = random() * sum;
    let low = 0;
    for (let high = size - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < sought) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
