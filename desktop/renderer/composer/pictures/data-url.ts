/** The picture of a `data:` address as a file; null when it is none, or not one that is drawn. */
export function readDataUrl(data: string): File | null {
  const found = /^data:(image\/(png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=\s]+)$/.exec(data);
  if (found === null) return null;
  const [, type = '', ending = '', text = ''] = found;
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return new File([bytes], `picture.${ending}`, { type });
  } catch {
    return null;
  }
}

export async function writeDataUrl(picture: Blob): Promise<string> {
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('not read'));
    reader.readAsDataURL(picture);
  });
}
