/** Why something failed, as statuses hold it: a key of the error texts, `code` or `code/reason`, in its parts. */
export function splitReason(key: string): { code: string; reason: string | null } {
  const [code = '', reason = null] = key.split('/');
  return { code, reason };
}
