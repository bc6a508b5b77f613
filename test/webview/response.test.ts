import assert from 'node:assert/strict';
import { type Locator } from 'playwright-core';
import type { SentReport } from '../../src/app/outcomes/sentReport';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { shownAnswer } from '../../src/ui/response/shownAnswer';
import { shownBatch } from '../../src/ui/response/shownBatch';
import type { ShownProblem, ShownRequest, ToView } from '../../src/webview/response/protocol';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { Sending } from '../support/sending';
import { seriousViolations } from '../support/vscode/axe';
import { readable } from '../support/vscode/parts/text';
import { pageForEachTest } from '../support/webview/page';
import { requestText, requestWithoutUrls } from '../ui/requests';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script><a href="command:x">x</a>';

/** An answer in which every field holds markup, and no link leads to the web. */
const hostile: Script = (res) => {
  const invoice = {
    invoice_id: MARKUP,
    external_id: MARKUP,
    amount: MARKUP,
    currency: MARKUP,
    status: MARKUP,
    payment_link: `javascript:${MARKUP}`,
    customer_id: MARKUP,
    [MARKUP]: [MARKUP, { [MARKUP]: MARKUP }],
  };
  res.writeHead(201, { 'X-Markup': MARKUP }).end(JSON.stringify(invoice));
};

/** An invoice with 200,000 further keys, of 10 MB. */
function large(): string {
  const keys = Array.from({ length: 200_000 }, (_, place) => `"key${place}":"${'v'.repeat(37)}"`);
  return `{"invoice_id":"i-1","payment_link":"https://pay.example/i-1",${keys.join()}}`;
}

/** Evaluated in the page: whether an element hides nothing that one would have to scroll it for. */
const IS_WHOLE = (element: { scrollHeight: number; clientHeight: number }): boolean =>
  element.scrollHeight <= element.clientHeight;
const SENDING = { kind: 'sending', environment: 'dev', host: 'api.example', isOwn: true } as const;

describe('the page of a response', () => {
  const stage = pageForEachTest('response');
  let sandbox: Sandbox;
  let server: ScriptedServer;
  let script: Script = hostile;
  let lastId = 0;

  before(async () => {
    sandbox = await startSandbox();
    server = await startScriptedServer((res, request) => script(res, request));
  });
  after(() => Promise.all([sandbox.stop(), server.stop()]));

  const page = () => stage.now;
  const top = (text: string | RegExp): Locator => page().locator('.top', { hasText: text });
  const tree = (): Locator => page().page.getByRole('tree', { name: 'Response body' });
  const tabNamed = (name: RegExp): Locator => page().page.getByRole('tab', { name });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page().page.keyboard.press(key);
  };
  const show = (request: Partial<ShownRequest>): Promise<void> =>
    page().show({
      kind: 'show',
      request: {
        uri: 'file:///shop/order',
        index: 0,
        name: 'order.invoice.json',
        isPinned: false,
        ...request,
      },
    });

  /** Sends a request over the wire, to the sandbox or to the script. */
  const send = async (text: string, baseUrl = sandbox.baseUrl): Promise<SentReport> => {
    const sending = new Sending(baseUrl);
    try {
      return await sending.sendWhole(text);
    } finally {
      sending.dispose();
    }
  };
  const scripted = (answer: Script): Promise<SentReport> => {
    script = answer;
    return send(requestText(), server.baseUrl);
  };

  const batchPart = (sent: readonly SentReport[]) => shownBatch(sent, () => 'order.invoice.json');

  type Offers = Pick<ShownProblem, 'fixes' | 'isEdited'>;
  const NO_OFFERS: Offers = { fixes: [], isEdited: false };

  const answered = (sent: SentReport, offers = NO_OFFERS, id = String(++lastId)): ShownRequest['state'] => ({
    kind: 'answered',
    ...shownAnswer(sent, id, 'api.example', undefined, () => offers),
  });
  const bytes = (text: string | undefined): Uint8Array | undefined =>
    text === undefined ? undefined : new TextEncoder().encode(text);

  /** Shows what came of a send in the messages that VS Code gives to the page. */
  const showSent = async (sent: SentReport, more: Partial<ShownRequest> = {}, offers = NO_OFFERS) => {
    const id = String(++lastId);
    await show({ state: answered(sent, offers, id), ...more });
    const { request, response } = sent.exchange ?? {};
    const bodies: ToView = {
      kind: 'bodies',
      id,
      sent: bytes(request?.body),
      received: bytes(response?.body),
    };
    await page().show(bodies);
  };

  it('shows the invoice that was created, and asks for its link and ids by name', async () => {
    await showSent(await send(requestText({ external_id: 'order-1' })));
    await top('Invoice created').waitFor();
    const card = page().page.getByRole('region', { name: 'Invoice' });
    assert.match(readable(await card.innerText()), /^1500\.00 UAH pending invoice_id .* external_id order-1/);
    assert.match(
      readable(await top('Invoice').innerText()),
      /dev 127\.0\.0\.1:\d+ HTTP 201 Created [\d.]+ ms \d+ B/,
    );
    await page().page.getByRole('img', { name: 'QR code of the payment link' }).waitFor();
    await tree().getByText('"pending"').waitFor();
    const asked: readonly (readonly [button: string, message: object])[] = [
      ['Open Payment Link', { kind: 'open-link' }],
      ['Copy Link', { kind: 'copy-link' }],
      ['Copy external_id', { kind: 'copy', text: 'order-1' }],
      ['Open in Editor', { kind: 'open-editor' }],
    ];
    for (const [button, message] of asked)
      assert.deepEqual(await page().posted(() => page().button(button).click()), [message]);
    assert.deepEqual(page().state, { uri: 'file:///shop/order', index: 0 });
  });

  it('shows headers, the request with its key masked, and where the time went', async () => {
    await showSent(await send(requestText({ external_id: 'order-2' })));
    await tabNamed(/^Headers \d/).click();
    await page()
      .page.getByRole('row', { name: /^Content-Type application\/json/i })
      .waitFor();
    assert.deepEqual(await seriousViolations(page().page), [], 'Headers');
    await tabNamed(/^Request/).click();
    const headers = page().page.getByRole('table', { name: 'Request headers' });
    assert.match(readable(await headers.innerText()), /X-Api-Key ••••tive .*Host 127/i);
    await page().page.getByRole('tree', { name: 'Request body' }).getByText('"order-2"').waitFor();
    assert.deepEqual(await seriousViolations(page().page), [], 'Request');
    await tabNamed(/^Time/).click();
    const time = readable(await page().page.getByRole('table', { name: 'Time' }).innerText());
    assert.match(time, /^Connect [\d.]+ ms Waiting [\d.]+ ms Receiving [\d.]+ ms Total/);
    assert.deepEqual(await seriousViolations(page().page), [], 'Time');
  });

  it('is used without a mouse: the tree is walked, folded, searched, and gives values and pointers', async () => {
    await showSent(await send(requestText({ external_id: 'order-3' })));
    await tabNamed(/^Body/).focus();
    await press('ArrowLeft');
    await page().page.getByRole('table', { name: 'Time' }).waitFor();
    await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await tree().waitFor();
    await tree().focus();
    await press('End', 'Home', 'ArrowDown');
    await tree().locator('.active', { hasText: 'invoice_id' }).waitFor();
    await page().page.keyboard.type('pend');
    await page().page.getByRole('searchbox').and(page().locator(':focus')).waitFor();
    await page().page.getByText('1 of 1').waitFor();
    await press('Escape');
    await tree().locator('.active', { hasText: 'status' }).waitFor();
    assert.deepEqual(await page().posted(() => press('Control+Shift+C')), [
      { kind: 'copy', text: '/status' },
    ]);
    assert.deepEqual(await page().posted(() => press('Control+c')), [{ kind: 'copy', text: 'pending' }]);
    await press('Home', 'ArrowLeft');
    assert.equal(await tree().getByRole('treeitem').count(), 1);
    await press('ArrowRight');
    await tree().getByText('"pending"').waitFor();
    await press('Control+f');
    await page().page.getByRole('searchbox').and(page().locator(':focus')).waitFor();
  });

  it('never leaves an older success looking current while it sends, and can be told to stop', async () => {
    await showSent(await send(requestText({ external_id: 'order-4' })));
    await tree().waitFor();
    const since = new Date().toISOString();
    await show({ state: { ...SENDING, since } });
    await top(/^Sending….*dev/).waitFor();
    assert.equal(await top('Invoice created').count(), 0);
    assert.equal(await tree().count(), 0);
    assert.deepEqual(await page().posted(() => page().button('Cancel').click()), [{ kind: 'cancel' }]);
    await show({ state: { ...SENDING, since, isOwn: false } });
    await top('Another window sends it, and can stop it.').waitFor();
    assert.equal(await page().page.locator('.top').getByRole('button').count(), 0);
    assert.deepEqual(await page().posted(() => page().button('Pin').click()), [{ kind: 'pin' }]);
    await show({ state: { kind: 'unknown' } });
    await top('No response is known').waitFor();
    assert.deepEqual(await page().posted(() => page().button('Send Invoice Request').click()), [
      { kind: 'send' },
    ]);
  });

  it('shows a refusal with what to do about it, and asks for that by name', async () => {
    const refused = await send(requestWithoutUrls({ external_id: 'order-5' }));
    const fix = { id: 'add-urls', title: 'Add callback_url' };
    await showSent(refused, {}, { fixes: [fix], isEdited: false });
    await top('Rejected by dev').waitFor();
    const place = refused.report.problems.findIndex(({ code }) => code === 'MISSING_REQUIRED_URLS');
    const section = page().page.getByRole('region', { name: 'MISSING_REQUIRED_URLS' });
    const asked: readonly (readonly [button: string, message: object])[] = [
      ['Add callback_url', { kind: 'fix', place, id: 'add-urls' }],
      ['Show in File', { kind: 'problem', place }],
      ['EccaEx Docs', { kind: 'docs', place }],
    ];
    assert.equal(await section.getByRole('button').count(), 2, 'one primary, one secondary');
    await section.getByText('More…').press('Enter');
    for (const [name, message] of asked) {
      const button = section.getByRole('button', { name, exact: true });
      assert.deepEqual(await page().posted(() => button.click()), [message]);
    }
    assert.equal(await top('The request was edited since it was sent.').count(), 0);
    await showSent(refused, {}, { fixes: [fix], isEdited: true });
    await top('The request was edited since it was sent.').waitFor();
  });

  describe('of a batch', () => {
    const grid = () => page().page.getByRole('grid', { name: 'Outcome of each request' });
    const row = (name: RegExp): Locator => grid().getByRole('row', { name });
    const filter = () => page().page.getByRole('combobox', { name: 'Requests to show' });
    const uri = 'file:///shop/order';

    /** 200 requests, of which the API rejects every fortieth, as the window tells the page of them. */
    let sent: readonly SentReport[];
    let message: ToView;

    before(async () => {
      const sending = new Sending(sandbox.baseUrl);
      const members = Array.from(
        { length: 200 },
        (_, place) =>
          JSON.parse(
            requestText({
              external_id: `b-${place}`,
              customer_id: place % 40 === 39 ? 'fault_unknown_code' : 'user_1',
            }),
          ) as object,
      );
      sent = (await sending.sendBatch(JSON.stringify(members))).map((one) => ({ ...one, uri }));
      message = { kind: 'batch', batch: batchPart(sent) };
      sending.dispose();
    });

    const showRow = async (index: number): Promise<void> => {
      const one = sent[index];
      assert.ok(one);
      await showSent(one, { index });
    };

    it('shows the requests without an invoice alone, each in full below, and sends the rest', async () => {
      await showRow(39);
      await page().show(message);
      await row(/^40 b-/)
        .and(page().locator('[aria-selected="true"]'))
        .waitFor();
      assert.equal(await grid().getByRole('row').count(), 6, 'the head and five requests');
      assert.match(
        readable(await row(/^40 b-/).innerText()),
        /^40 b-39 1500\.00 UAH LIMIT_EXCEEDED_FOR_TODAY$/,
      );
      assert.deepEqual(await filter().locator('option').allInnerTexts(), [
        ...['5 without an invoice', '195 created', '5 rejected', '200 requests'],
      ]);
      await row(/^40 b-/).focus();
      assert.deepEqual(await page().posted(() => press('ArrowDown')), [{ kind: 'select', uri, index: 79 }]);
      assert.deepEqual(await page().posted(() => press('End')), [{ kind: 'select', uri, index: 199 }]);
      await showRow(199);
      await row(/^200 b-/)
        .and(page().locator(':focus'))
        .waitFor();
      await row(/^200 b-/)
        .and(page().locator('[aria-selected="true"]'))
        .waitFor();
      await top('Rejected by dev').waitFor();
      assert.deepEqual(await page().posted(() => page().button('Send the Rest (5)').click()), [
        { kind: 'send-rest' },
      ]);
      await filter().selectOption('200 requests');
      assert.equal(await grid().getByRole('row').count(), 201);
    });

    it('shows all of them once none has failed, and no table for one request', async () => {
      await showRow(39);
      await page().show(message);
      await page().button('Send the Rest (5)').waitFor();
      const created = sent.filter(({ report }) => report.outcome === 'created');
      await page().show({ kind: 'batch', batch: batchPart(created) });
      await row(/^1 b-/).waitFor();
      assert.equal(await page().button('Send the Rest (5)').count(), 0);
      await page().show({ kind: 'batch', batch: batchPart([]) });
      await grid().waitFor({ state: 'detached' });
    });

    for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
      it(`has no barriers in ${theme}`, async () => {
        await page().setTheme(theme);
        await showRow(39);
        await page().show(message);
        await row(/^40 b-/).waitFor();
        await tree().waitFor();
        assert.deepEqual(await seriousViolations(page().page), []);
        await page().screenshot(`page-response-batch-${theme}`);
      });
    }
  });

  it('shows a body that is no JSON as text, and searches it', async () => {
    await showSent(await scripted(textAnswer(502, '<h1>502 Bad Gateway</h1>\nsecond line')));
    await top('Unexpected response').waitFor();
    const text = page().page.getByRole('group', { name: 'Response body' });
    await text.getByText('502 Bad Gateway').first().waitFor();
    await text.focus();
    await press('Control+f');
    await page().page.keyboard.type('second');
    await text.locator('.active', { hasText: 'second line' }).waitFor();
    await page().page.getByText('1 of 1').waitFor();
    assert.deepEqual(await seriousViolations(page().page), [], 'a body as text');
  });

  it('shows markup of a server as text, and no link that is none to the web', async () => {
    await showSent(await scripted(hostile));
    await top('The payment link is not a web address.').waitFor();
    await tree().getByText(MARKUP).first().waitFor();
    for (const name of [/^Headers/, /^Request/, /^Time/, /^Body/]) {
      await tabNamed(name).click();
      assert.equal(await page().strangers(), 0);
    }
    assert.equal(await page().page.getByRole('img').count(), 0, 'there is no QR code');
    assert.equal(await page().button('Open Payment Link').count(), 0);
    assert.equal(await page().ran(), undefined);
  });

  it('may load nothing and run nothing but its own, were there markup all the same', async () => {
    await showSent(await scripted(hostile));
    await tree().waitFor();
    const refused = await page().page.evaluate<string[]>(`new Promise((resolve) => {
      const directives = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        directives.push(effectiveDirective);
        if (directives.length === 5) resolve(directives.sort());
      });
      const add = (name, attributes) =>
        document.body.append(Object.assign(document.createElement(name), attributes));
      add('img', { src: '/x.png' });
      add('script', { textContent: 'globalThis.ran = 1' });
      add('iframe', { src: '/response.html' });
      add('style', { textContent: 'main { display: none }' });
      fetch('/x').catch(() => undefined);
    })`);
    assert.deepEqual(refused, ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem']);
    assert.equal(await page().ran(), undefined);
    assert.ok(await page().locator('main').isVisible());
    // The browser tells of each, and of the request that was given up.
    assert.ok(
      page()
        .faults.splice(0)
        .every((fault) => /Content Security Policy/.test(fault)),
    );
  });

  it('scrolls through 200,000 keys and 10 MB, with few of them drawn', async () => {
    const text = large();
    assert.ok(text.length > 9.5 * 1024 * 1024 && text.length <= 10 * 1024 * 1024, `${text.length}`);
    await showSent(await scripted(textAnswer(201, text, { 'Content-Type': 'application/json' })));
    await tree().getByText('key10:').waitFor();
    await tree().getByText('200,002 keys').waitFor();
    await tree().focus();
    await press('End');
    await tree().locator('.active', { hasText: 'key199999' }).waitFor();
    const drawn = await tree().getByRole('treeitem').count();
    assert.ok(drawn > 5 && drawn < 120, `${drawn} rows are drawn`);
    await press('Home');
    await tree().locator('.active', { hasText: '200,002 keys' }).waitFor();
    await tree().evaluate((box: unknown) => ((box as { scrollTop: number }).scrollTop = 2_200_000));
    await tree().getByText('key99999:').waitFor();
    await page().page.keyboard.type('key123456');
    await page().page.getByText('1 of 1').waitFor();
    await tree().locator('.active', { hasText: 'key123456' }).waitFor();
  });

  it('shows what is not UTF-8 as far as it can be read, and says so', async () => {
    const wrong = Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]);
    await showSent(await scripted(textAnswer(200, wrong)));
    await page().page.getByText('The body is not UTF-8').waitFor();
    await tree().getByText('"\ufffd\ufffd"').waitFor();
  });

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    it(`has nothing that keeps people from using it, in the theme ${theme}`, async () => {
      const fix = { id: 'add-urls', title: 'Add callback_url' };
      const refused = await send(requestWithoutUrls());
      const states: Readonly<Record<string, () => Promise<void>>> = {
        created: async () =>
          showSent(
            await scripted(
              jsonAnswer(201, {
                invoice_id: 'i',
                payment_link: 'https://pay.example/i',
                status: 'pending',
                n: [1, null, true],
              }),
            ),
          ),
        refused: () => showSent(refused, {}, { fixes: [fix, fix], isEdited: true }),
        unexpected: async () => showSent(await scripted(textAnswer(502, '<h1>502</h1>'))),
        sending: () => show({ state: { ...SENDING, since: new Date().toISOString() } }),
        unknown: () => show({ state: { kind: 'unknown' } }),
      };
      await page().setTheme(theme);
      for (const [state, shown] of Object.entries(states)) {
        await shown();
        await page()
          .locator(`.summary-line.${state === 'refused' ? 'rejected' : state}`)
          .waitFor();
        if (state === 'created') await tree().waitFor();
        assert.deepEqual(await seriousViolations(page().page), [], state);
        await page().screenshot(`page-response-${state}-${theme}`);
      }
    });
  }

  it('fits into a narrow column', async () => {
    await page().page.setViewportSize({ width: 320, height: 640 });
    for (const sent of [await send(requestText({ external_id: 'x'.repeat(64) })), await scripted(hostile)]) {
      await showSent(sent);
      await page().show({ kind: 'batch', batch: batchPart([sent, sent, sent]) });
      for (const name of [/^Headers/, /^Request/, /^Time/, /^Body/]) {
        await tabNamed(name).click();
        assert.equal(await page().overflow(), 0);
      }
    }
  });

  it('is whole where there is little height, as at 200 % zoom: the page scrolls', async () => {
    await page().page.setViewportSize({ width: 320, height: 300 });
    const sent = await scripted(hostile);
    await showSent(sent);
    await page().show({ kind: 'batch', batch: batchPart([sent, sent, sent]) });
    for (const part of ['.top', '.batch .scroll'])
      assert.ok(await page().locator(part).evaluate(IS_WHOLE), part);
    await tabNamed(/^Body/).scrollIntoViewIfNeeded();
    assert.equal(await page().overflow(), 0);
    await page().screenshot('page-response-zoomed');
  });
});
