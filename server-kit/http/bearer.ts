/** The value of Authorization that carries a token (RFC 6750, 2.1), which is the first group. */
export const BEARER = /^Bearer ([\w.~+/=-]{1,4096})$/i;
