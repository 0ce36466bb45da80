/** Of every answer that is a stranger's file: it is kept nowhere, runs nothing, and says nothing of where it was asked for. */
export const FILE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // For whoever shows pictures of the mail by script; pages elsewhere may not embed it.
  'cross-origin-resource-policy': 'same-site',
} as const;
