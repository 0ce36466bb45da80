/** RFC 5321 4.5.3.1, counted in letters: what is longer in octets, its host will say. */
const LONGEST_LOCAL = 64;
const ATOM = "[\\w!#$%&'*+/=?^`{|}~\\u0080-\\uffff-]+";
const LOCAL = new RegExp(`^(?:${ATOM}(?:\\.${ATOM})*|"(?:[^"\\\\\\u0000-\\u001f\\u007f]|\\\\[ -~])+")$`);
const LABEL = /^[a-z0-9\u0080-\uffff](?:[a-z0-9\u0080-\uffff-]{0,61}[a-z0-9\u0080-\uffff])?$/i;
const LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]+)\]$/i;

/** Whether mail can be addressed to it (RFC 5321 4.1.2, with the letters of RFC 6531). A domain of one label passes: `root@localhost`. */
export function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > 320) return false;
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local.length > LONGEST_LOCAL || !LOCAL.test(local)) return false;
  if (LITERAL.test(domain)) return true;
  return domain.length <= 253 && domain.split('.').every((label) => LABEL.test(label));
}
