const SCRIPTS = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  '`onerror=alert(1)`',
  '</p></article></main><h1>forged</h1>',
  '<!-- -->',
  ']]><![CDATA[',
  '<iframe srcdoc="&lt;script&gt;">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<style>*{display:none}</style>',
  '<base href="//evil.example">',
  '<meta http-equiv=refresh content=0>',
  '{{constructor.constructor("alert(1)")()}}',
  '#{alert(1)} <%= alert(1) %>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">here</a>',
  '<form action="//evil.example"><input name=q>',
];

/** What is put around each of them. */
const DISGUISES: ReadonlyArray<(text: string) => string> = [
  (text) => text,
  (text) => `أخبار ${text} اليوم`,
  (text) => `\u202e${text}\u202c`,
  (text) => `\u2067${text}`,
  (text) => `\u0000${text}\u0008`,
  (text) => `\ud800${text}\udc00`,
  (text) => text.toUpperCase(),
  (text) => `${text}${'ـ'.repeat(40)}`,
  (text) => text.replaceAll('<', '\ufe64<'),
  (text) => `https://example.org/?q=${text}`,
];

/** Two hundred titles and passages that want to be more than text. */
export const hostileTexts: readonly string[] = SCRIPTS.flatMap((script) =>
  DISGUISES.map((disguise) => disguise(script)),
);
