import type { LayerItem } from '../../../../../common/shapes/layer.ts';

/** The form of one part of a layer. It holds what is typed, and tells the value at each change. */
export interface FieldsProps {
  /** Null: a new one is made. */
  item: LayerItem | null;
  /** All of the layer: what an identity belongs to, which preferences are given already. */
  items: readonly LayerItem[];
  /** It was tried to save: what is missing is said now. */
  tried: boolean;
  onEntry: (entry: Entry) => void;
}

/** What would be saved; `value` undefined while something is missing. */
export interface Entry {
  value: unknown;
  /** Of a preference: its key. */
  id?: string;
}
