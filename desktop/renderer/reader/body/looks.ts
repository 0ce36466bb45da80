/**
 * Attributes that say how a mail looks and never where anything is: browsers fetch none of them, so their values need not
 * look like an address. Everything else that is allowed is still held against ALLOWED_URI_REGEXP.
 */
export const LOOKS: readonly string[] = [
  ...'align valign bgcolor border bordercolor text link vlink cellpadding cellspacing colspan rowspan span headers scope abbr'.split(
    ' ',
  ),
  ...'frame rules nowrap width height hspace vspace color face size noshade clear compact start type reversed'.split(
    ' ',
  ),
  ...'dir lang datetime open hidden char charoff'.split(' '),
];
