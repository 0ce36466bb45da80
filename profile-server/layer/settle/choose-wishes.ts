import { ORGANISATION, type LayerPart } from '../../../common/shapes/layer.ts';
import type { LayerRecord } from '../layer-store.ts';

/** What a user is to have from a layer. */
export interface Wish {
  place: string;
  part: Exclude<LayerPart, 'contacts'>;
  /** Id of the layer's item. */
  item: string;
  locked: string | null;
  /** As the layer has it, with variables. */
  value: unknown;
}

/**
 * What organisation and group give together. Of one preference the group's counts, unless the organisation has locked its
 * own.
 */
export function chooseWishes(records: readonly LayerRecord[]): Wish[] {
  const wishes = records.filter(({ part }) => part !== 'contacts').map(readWish);
  return wishes.filter((wish) => {
    if (wish.part !== 'preferences') return true;
    const other = wishes.find(
      ({ part, item, place }) => part === 'preferences' && item === wish.item && place !== wish.place,
    );
    if (other === undefined) return true;
    const organisations = wish.place === ORGANISATION ? wish : other;
    return (organisations.locked !== null) === (wish === organisations);
  });
}

function readWish({ place, part, id, locked, value }: LayerRecord): Wish {
  return { place, part: part as Wish['part'], item: id, locked, value: JSON.parse(value) as unknown };
}
