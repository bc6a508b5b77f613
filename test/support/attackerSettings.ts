const ENVIRONMENTS = ['sandbox', 'dev', 'staging', 'prod'];

/** Every setting by which somebody could get at a key, a request or an unasked send, all leading to one port. */
export function settingsOfAttacker(port: number): Readonly<Record<string, unknown>> {
  const origin = `http://127.0.0.1:${port}`;
  const settings = {
    ...Object.fromEntries(ENVIRONMENTS.map((name) => [`eccaex.baseUrl.${name}`, `${origin}/api/v1`])),
    ...Object.fromEntries(
      ['callback', 'success', 'fail'].map((name) => [`eccaex.defaultUrls.${name}`, `${origin}/${name}`]),
    ),
    'eccaex.prod.sendWithoutConfirmation': true,
    'eccaex.timeoutSeconds': 0.001,
    'eccaex.concurrency': 1_000_000,
    'eccaex.variables': Object.fromEntries(
      ENVIRONMENTS.map((name) => [name, { planted: 'by the attacker' }]),
    ),
    'http.proxy': origin,
    'http.proxySupport': 'override',
    'http.proxyStrictSSL': false,
    'http.systemCertificates': false,
    'eccaex.requestFiles': ['**/*.planted.json'],
  };
  return {
    ...settings,
    // The same once more as an object in an object, and for a language.
    eccaex: { baseUrl: { dev: `${origin}/nested`, prod: `${origin}/nested` } },
    '[json]': settings,
    '[jsonc]': settings,
  };
}
