import assert from 'node:assert/strict';
import { documentedError } from '../../../../src/core/contract/errors';
import { parseDocument } from '../../../../src/core/document/document';
import { ENVIRONMENTS } from '../../../../src/core/environments/environment';
import { fixesFor } from '../../../../src/core/fixes/fixes';
import type { Problem } from '../../../../src/core/problems/problem';
import { validate } from '../../../../src/core/validate/validate';
import { CONTEXT } from '../../../support/documentProblems';
import { edited } from '../../../support/marked';
import { envelopeProblem, sampleProblems } from '../../../support/problems';
import { batch, request } from '../../../support/requests';

const idsOf = (problem: Problem, text = request(), environment = CONTEXT.environment) =>
  fixesFor(problem, parseDocument(text), { ...CONTEXT, environment }).map(({ id }) => id);

describe('fixes of what an answer says', () => {
  const AUTHENTICATION = [
    ...['API_KEY_MISSING', 'API_KEY_INVALID', 'OWNER_BLOCKED', 'MERCHANT_BLOCKED', 'MERCHANT_NOT_ACTIVE'],
  ] as const;

  for (const code of AUTHENTICATION) {
    it(`${code} leads to the key, the environment and another send, whatever the status`, () => {
      const documented = documentedError(code)?.status;
      for (const status of [documented ?? 0, 200, 400])
        assert.deepEqual(idsOf(envelopeProblem({ code, status })), [
          ...(status === 200 ? ['copy-external-id'] : []),
          'eccaex.setApiKey',
          'eccaex.verifyApiKey',
          'eccaex.selectEnvironment',
          'open-key-page',
          status === 200 ? 'resend-same-body' : 'eccaex.sendInvoice',
          'copy-request-id',
        ]);
    });
  }

  it('any other code with 401 or 403 does, too', () => {
    for (const status of [401, 403])
      for (const problem of [
        envelopeProblem({ code: 'NEW_CODE', status }),
        { kind: 'http-status', arguments: { status }, pointer: '' } as const,
      ])
        assert.deepEqual(idsOf(problem).slice(0, 3), [
          'eccaex.setApiKey',
          'eccaex.verifyApiKey',
          'eccaex.selectEnvironment',
        ]);
  });

  it('a request id can be copied where there is one', () => {
    assert.deepEqual(idsOf(envelopeProblem({})), ['eccaex.sendInvoice', 'copy-request-id']);
    assert.deepEqual(idsOf(envelopeProblem({ requestId: undefined })), ['eccaex.sendInvoice']);
  });

  it('what may have been created is looked for by its external_id, then sent again to the letter', () => {
    const problems: readonly Problem[] = [
      envelopeProblem({ status: 200 }),
      ...([500, 502, 503, 504] as const).map(
        (status) => ({ kind: 'http-status', arguments: { status }, pointer: '' }) as const,
      ),
      ...sampleProblems(['not-json', 'not-an-invoice', 'timeout', 'truncated']),
      { kind: 'connection', arguments: { reason: 'reset', detail: '' }, pointer: '' },
      { kind: 'connection', arguments: { reason: 'stopped', detail: '' }, pointer: '' },
    ];
    for (const problem of problems) {
      const ids = idsOf(problem);
      assert.deepEqual(ids.slice(0, 2), ['copy-external-id', 'resend-same-body'], JSON.stringify(problem));
      assert.ok(!ids.includes('eccaex.sendInvoice'));
    }
  });

  it('what never left is sent anew', () => {
    const problem = {
      kind: 'connection',
      arguments: { reason: 'never-left', detail: '' },
      pointer: '',
    } as const;
    assert.deepEqual(idsOf(problem), [
      'eccaex.sendInvoice',
      'open-base-url-setting',
      'eccaex.selectEnvironment',
    ]);
  });

  it('URLs that the API misses are added in the request that it is about', () => {
    const text = batch({}, { fail_url: undefined });
    const [fix] = fixesFor(
      envelopeProblem({ code: 'MISSING_REQUIRED_URLS', missing: ['fail_url'] }, '/1'),
      parseDocument(text),
      CONTEXT,
    );
    assert.ok(fix && 'edits' in fix);
    assert.equal(fix.id, 'add-urls');
    assert.match(edited(text, fix.edits), /"fail_url": "https:\/\/default\.example\/fail"\n\}\]$/);
  });

  it('an external_id that the API objects to gets another value', () => {
    const text = request();
    const fixes = fixesFor(
      envelopeProblem({ code: 'CONFLICT', status: 409 }, '/external_id'),
      parseDocument(text),
      CONTEXT,
    );
    const after = fixes.flatMap((fix) => ('edits' in fix ? [[fix.id, edited(text, fix.edits)]] : []));
    assert.deepEqual(after, [
      ['new-external-id', request({ external_id: '"order-new"' })],
      ['unique-external-id', request({ external_id: '"order-{{$uuid}}"' })],
    ]);
  });

  it('the sandbox has no base URL to open', () => {
    for (const problem of sampleProblems())
      for (const environment of ENVIRONMENTS) {
        const opens = idsOf(problem, request(), environment).includes('open-base-url-setting');
        if (environment === 'sandbox') assert.ok(!opens, problem.kind);
      }
  });
});

describe('fixes of a placeholder that nobody has defined', () => {
  const fixes = (expression: string) => {
    const document = parseDocument(request({ purpose: JSON.stringify(`{{${expression}}}`) }));
    const [problem] = validate(document, CONTEXT);
    assert.equal(problem?.kind, 'placeholder-unknown');
    return fixesFor(problem, document, CONTEXT);
  };

  it('define it for the environment, after what it may be a misspelling of', () => {
    assert.deepEqual(fixes('customer'), [
      {
        id: 'define-placeholder',
        title: `Define {{customer}} for ${CONTEXT.environment}…`,
        variable: 'customer',
      },
    ]);
    assert.deepEqual(
      fixes('uuid').map(({ id }) => id),
      ['rename-placeholder', 'define-placeholder'],
    );
  });

  it('define nothing that is not a name', () => {
    for (const expression of ['$now', '', 'a b', 'a"b', 'x'.repeat(65), '1', '{{x'])
      assert.deepEqual(fixes(expression), []);
  });
});

describe('fixes in any situation', function () {
  this.timeout(0);

  it('are found for each problem in each text, and name what they do on one line', () => {
    const places = ['', '/0', '/amount', '/external_id', '/1/external_id', '/99', '/a~1b/c'];
    for (const text of ['', '{}', '[]', '5', request(), batch({}, {}), '{"amount" 1'])
      for (const problem of sampleProblems())
        for (const pointer of places)
          for (const environment of ENVIRONMENTS) {
            const fixes = fixesFor({ ...problem, pointer }, parseDocument(text), { ...CONTEXT, environment });
            for (const fix of fixes) {
              assert.match(fix.title, /^[^\p{Cc}\u2028\u2029]{3,250}$/u);
              if ('edits' in fix) edited(text, fix.edits);
            }
            const titles = fixes.map(({ title }) => title);
            assert.deepEqual([...new Set(titles)], titles, 'each is offered once');
          }
  });

  it('name the environment that they are about', () => {
    const titles = fixesFor(envelopeProblem({ status: 401 }), parseDocument(request()), {
      ...CONTEXT,
      environment: 'staging',
    }).map(({ title }) => title);
    assert.deepEqual(titles.filter((title) => title.includes('staging')).length, 3);
  });
});
