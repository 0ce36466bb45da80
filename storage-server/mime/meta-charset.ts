/** Where browsers look for it, and what style sheets in front of it may take. */
const LOOK_AT = 4096;
const META = /<meta\s[^>]{0,300}?\bcharset\s*=\s*(?:["']\s*)?([\w.:-]{1,40})/i;

/** The charset that an HTML page names in itself; UTF-16 is none there, since the name could be read (HTML 13.2.3.3). Null: none. */
export function readMetaCharset(bytes: Buffer): string | null {
  const named = META.exec(bytes.toString('latin1', 0, LOOK_AT))?.[1] ?? null;
  return named === null || /^(?:utf-?(?:16|32)|ucs|unicode)/i.test(named) ? null : named;
}
