/** The name alone, without the sender's folders and without what breaks headers and file systems. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  // Directional marks can make `exe.txt` of `txt.exe`.
  const shown = last
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
  if (shown === '' || shown === '.' || shown === '..') return 'file';
  if (shown.length <= 200) return shown;
  const ending = /\.[^.]{1,12}$/.exec(shown)?.[0] ?? '';
  return shown.slice(0, 200 - ending.length) + ending;
}

/** A media type as it may stand in a header (RFC 2045 5.1), without parameters; multipart would promise parts that are not there. */
export function cleanType(type: string): string {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const valid = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/.test(bare) && !bare.startsWith('multipart/');
  return valid ? bare : 'application/octet-stream';
}
