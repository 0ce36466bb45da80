/** Offers bytes that are here as a file to keep; they may hold secrets, and are held no longer than it takes. */
export function offerFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `2026-11-21`, for names of files. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
