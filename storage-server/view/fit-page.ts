import { VIEW_LIMITS } from './view-protocol.ts';

/** Pixels of a picture of something `across` by `down` that is `width` wide if that is not too many of them; null for what has no size. */
export function fitPage(
  across: number,
  down: number,
  width: number,
  most: number = VIEW_LIMITS.pixelsOut,
): { width: number; height: number } | null {
  if (!(across > 0 && down > 0) || !Number.isFinite(across * down)) return null;
  const ratio = down / across;
  const fitting = Math.min(width, Math.sqrt(most / ratio));
  const height = Math.floor(fitting * ratio);
  return fitting < 1 || height < 1 ? null : { width: Math.floor(fitting), height };
}
