/** By what is tried: a base URL, given the port that somebody listens on. */
export const UNSAFE_BASE_URLS: Readonly<Record<string, (port: string) => string>> = {
  'a host that only begins like this machine': () => 'http://127.0.0.1.evil.example/v1',
  'a name that only begins like this machine': () => 'http://localhost.evil.example/v1',
  'a name below localhost': (port) => `http://evil.localhost:${port}/v1`,
  'a dot at the end of localhost': (port) => `http://localhost.:${port}/v1`,
  'another address of this machine, which VS Code asks a proxy for': (port) => `http://127.0.0.2:${port}/v1`,
  'this machine as 0.0.0.0': (port) => `http://0.0.0.0:${port}/v1`,
  'this machine as [::]': (port) => `http://[::]:${port}/v1`,
  'this machine as IPv4 in IPv6': (port) => `http://[::ffff:127.0.0.1]:${port}/v1`,
  'an IPv6 zone': (port) => `http://[::1%25lo]:${port}/v1`,
  'a link-local address with a zone': (port) => `http://[fe80::1%25eth0]:${port}/v1`,
  'a link-local address': (port) => `http://[fe80::1]:${port}/v1`,
  'credentials that look like the host': (port) => `http://127.0.0.1:${port}@evil.example/v1`,
  'credentials before the host': (port) => `http://user:pass@127.0.0.1:${port}/v1`,
  'a backslash for a slash': (port) => `http://evil.example\\@127.0.0.1:${port}/v1`,
  'http to the documented host': () => 'http://api.ecca-ex.com/api/v1',
  'a query that would take the path': (port) => `http://127.0.0.1:${port}/v1?to=`,
  'a fragment that would take the path': (port) => `http://127.0.0.1:${port}/v1#`,
  'a file': () => 'file:///etc/passwd',
  'a script': () => 'javascript:alert(1)',
  'no URL': () => '//127.0.0.1/v1',
};

/** Another origin than the key was given for: the documented host, or this machine by its address over http. */
export const OTHER_ORIGINS: Readonly<Record<string, (port: string) => string>> = {
  'the documented host with a longer name': () => 'https://api.ecca-ex.com.evil.example/api/v1',
  'the documented host with a dot at its end': () => 'https://api.ecca-ex.com./api/v1',
  'letters that look like the documented host': () => 'https://api.eссa-ex.com/api/v1',
  'another port of the same host': () => 'https://api.ecca-ex.com:8443/api/v1',
  'another name of this machine': (port) => `http://localhost:${port}/v1`,
  'https in place of http': (port) => `https://127.0.0.1:${port}/v1`,
};

/** What would add a header, end the headers, or reach the server as something else than it was typed. */
export const FORGED_KEYS: Readonly<Record<string, string>> = {
  'a line break and another header': 'sk_live_1\r\nX-Evil: yes',
  'a line feed and another header': 'sk_live_1\nX-Evil: yes',
  'a carriage return alone': 'sk_live_1\rX-Evil: yes',
  'the end of all headers and a body': 'sk_live_1\r\n\r\n{"amount":"1"}',
  'a NUL': 'sk_live_1\u0000',
  'an escape sequence of a terminal': 'sk_live_1\u001b[2J',
  'a tab': 'sk_live\t1',
  'a DEL': 'sk_live_1\u007f',
  'a line end of Unicode': 'sk_live_1\u2028X-Evil: yes',
  'a line end of C1': 'sk_live_1\u0085X-Evil: yes',
  'letters beyond ASCII': 'sk_live_Ж',
  'a letter of Latin-1, which a header could carry': 'sk_live_ü',
  'a letter whose low byte is a line feed': 'sk_live_1\u010aX-Evil: yes',
  'typographic quotes': '“sk_live_1”',
  'a zero-width space': 'sk_live_\u200b1',
  'half of a surrogate pair': 'sk_live_\ud800',
};

/** Texts that do something where they are taken for more than texts. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'a command link': '[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)',
  'a command link with a title': '[Fix it](command:workbench.action.quit "Fix it")',
  'a link to a file': '[the log](file:///etc/passwd)',
  'a web link': '[dashboard](https://evil.example/login)',
  'an image': '![x](https://evil.example/pixel.png)',
  'a reference': '[x]: https://evil.example\n\n[x]',
  'an automatic link': '<https://evil.example> https://evil.example www.evil.example',
  HTML: '<img src=x onerror="alert(1)"><script>alert(1)</script><a href="command:x">y</a>',
  'an icon': '$(alert) $(sync~spin)',
  'a code fence': '```sh\nrm -rf /\n```',
  'more lines': 'No.\n\nThe invoice was created.\r\nAll is well.',
  'text that runs backwards': 'No \u202egnp.exe\u202c \u2066x\u2069',
  'an escape sequence': '\u001b[2J\u001b]8;;https://evil.example\u0007x',
};
