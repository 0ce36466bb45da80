/** What an ordinary mail is made of has to come through all of that. */
export const BENIGN = `<style>.lead{color:rgb(10, 100, 20)}</style><p class="lead">Benign lead</p>
<table border="1" width="420" cellpadding="9" cellspacing="3" bgcolor="#e0f0ff" align="center"><tr>
<td style="padding-left:17px" colspan="2" align="right" valign="top" nowrap>cell</td><th rowspan="2">head</th></tr>
<tr><td height="30">low</td><td>end</td></tr></table>
<ul><li>one</li><li>two</li></ul><ol start="4" type="a"><li>four</li></ol>
<p dir="rtl" lang="ar" align="center"><font color="#aa0000" face="Georgia" size="5">colour</font></p><hr size="4" width="50%">
<blockquote>a quote</blockquote><p><a href="https://ok.example/path">a link</a></p>
<img alt="dot" width="10" height="12" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">`;

/** Every presentational attribute of the mail above, as `element attribute value`: none may be lost. */
export const BENIGN_LOOKS: readonly string[] = [
  'TABLE border 1',
  'TABLE width 420',
  'TABLE cellpadding 9',
  'TABLE cellspacing 3',
  'TABLE bgcolor #e0f0ff',
  'TABLE align center',
  'TD colspan 2',
  'TD align right',
  'TD valign top',
  'TD nowrap ',
  'TH rowspan 2',
  'TD height 30',
  'OL start 4',
  'OL type a',
  'P dir rtl',
  'P lang ar',
  'P align center',
  'FONT color #aa0000',
  'FONT face Georgia',
  'FONT size 5',
  'HR size 4',
  'HR width 50%',
  'IMG width 10',
  'IMG height 12',
];
