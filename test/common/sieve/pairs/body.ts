import { PLAIN } from './mails.ts';
import { bytes, type Pair, when } from './pair.ts';

const B = ['body'];
const MULTIPART = `Subject: parts
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

prologue words
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe aus K=F6ln, soft=
break
--inner
Content-Type: text/html; charset=utf-8

<html><head><style>hidden { }</style></head><body><p>Rich <b>te</b>xt &amp; more</p></body></html>
--inner--
--outer
Content-Type: text/csv; name=table.csv
Content-Disposition: attachment; filename=table.csv
Content-Transfer-Encoding: base64

b25lLHR3bywzCg==
--outer
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64

YmluYXJ5IHdvcmRz
--outer--
epilogue words
`;
const BASE64 = `Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

Y2Fmw6kgc2VjcmV0byBhw7Fv
`;
const HTML = `Content-Type: text/html; charset=utf-8

<p>One<br>two</p><p>thr<i>ee</i> &lt;four&gt;</p>
`;

/** RFC 5173. */
export const bodyPairs: Pair[] = [
  when('body :contains "lunch"', PLAIN, true, B),
  when('body :contains "dinner"', PLAIN, false, B),
  when('body :raw :contains "FREE money"', PLAIN, true, B),
  when('body :comparator "i;octet" :contains "free"', PLAIN, false, B),
  when('body :matches "*lunch*money*"', PLAIN, true, B),
  when('body :contains ["nothing", "money"]', PLAIN, true, B),
  when('body :raw :contains "Subject:"', PLAIN, false, B),
  when('not body :contains "Subject:"', PLAIN, true, B),
  when('body :raw :is "exactly this\r\n"', 'Subject: x\n\nexactly this\n', true, B),
  when('body :raw :contains "x"', 'Subject: x\n\n', false, B),
  when('body :raw :contains "b25lLHR3bywzCg"', MULTIPART, true, B),
  when('body :raw :contains "prologue"', MULTIPART, true, B),
  when('body :raw :contains "Content-Disposition"', MULTIPART, true, B),
  when('body :raw :contains "Grüße"', MULTIPART, false, B),
  when('body :text :contains "Grüße aus Köln"', MULTIPART, true, B),
  when('body :text :contains "softbreak"', MULTIPART, true, B),
  when('body :text :contains "prologue"', MULTIPART, false, B),
  when('body :text :contains "epilogue"', MULTIPART, false, B),
  when('body :text :contains "b25lLHR3bywzCg"', MULTIPART, false, B),
  when('body :content "text" :contains "Grüße"', MULTIPART, true, B),
  when('body :content "text/plain" :contains "Grüße"', MULTIPART, true, B),
  when('body :content "text/html" :contains "Grüße"', MULTIPART, false, B),
  when('body :content "text/html" :contains "<b>"', MULTIPART, true, B),
  when('body :content "TEXT/CSV" :contains "one,two"', MULTIPART, true, B),
  when('body :content ["image", "application"] :contains "binary"', MULTIPART, true, B),
  when('body :content "application/octet-stream" :contains "words"', MULTIPART, true, B),
  when('body :content "image" :contains ""', MULTIPART, false, B),
  when('body :content "" :contains "binary"', MULTIPART, true, B),
  when('body :content "tex" :contains "Grüße"', MULTIPART, false, B),
  when('body :content "text/" :contains "Grüße"', MULTIPART, false, B),
  when('body :text :contains "café secreto año"', BASE64, true, B),
  when('body :content "text" :contains "secreto"', BASE64, true, B),
  when('body :raw :contains "Y2Fmw6k"', BASE64, true, B),
  when('body :raw :contains "secreto"', BASE64, false, B),
  when('body :text :contains "<four>"', HTML, true, B),
  when('body :text :contains "one two"', HTML, true, B),
  when('body :text :contains "<i>"', HTML, false, B),
  when('body :content "text" :contains "thr<i>ee"', HTML, true, B),
  when('body :text :contains "plain"', 'Subject: no type\n\nplain words\n', true, B),
  when('body :content "text/plain" :contains "plain"', 'Subject: no type\n\nplain words\n', true, B),
  when(
    'body :text :contains "caf"',
    bytes('Content-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9\n'),
    true,
    B,
  ),
  when(
    'body :text :contains "café"',
    bytes('Content-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9\n'),
    true,
    B,
  ),
  when('body :text :contains "x"', 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n', true, B),
];
