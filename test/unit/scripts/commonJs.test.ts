import assert from 'node:assert/strict';
import path from 'node:path';
import vm from 'node:vm';
import { PROJECT } from '../../support/paths';

interface Transform {
  readonly commonJsOf: (text: string, dynamic: Iterable<string>) => string;
}

describe('a chunk as CommonJS', () => {
  let commonJsOf: Transform['commonJsOf'];
  before(async () => {
    const loaded = (await import(path.join(PROJECT, 'scripts/commonJs.js'))) as { default: Transform };
    ({ commonJsOf } = loaded.default);
  });

  /** Runs a chunk with what it may require. */
  function run(
    text: string,
    modules: Record<string, unknown> = {},
    dynamic: readonly string[] = [],
  ): unknown {
    const module: { exports: unknown } = { exports: undefined };
    const load = (name: string) => {
      if (!Object.hasOwn(modules, name)) throw new Error(`${name} is not there`);
      return modules[name];
    };
    const chunk = vm.runInThisContext(`(module,require)=>{${commonJsOf(text, dynamic)}\n}`) as (
      own: typeof module,
      require: typeof load,
    ) => void;
    chunk(module, load);
    return module.exports;
  }

  for (const [name, text] of [
    ['names', 'import{a as b,c}from"m";export{b,c as d};'],
    ['names that are strings', 'import{"a"as b,c}from"m";export{b,c as"d"};'],
    ['the default', 'import m from"m";var b=m.a,d=m.c;export{b,d};'],
    ['all', 'import*as m from"m";var b=m.a,d=m.c;export{b,d};'],
    ['the default and names', 'import m,{a}from"m";var d=m.c;export{a as b,d};'],
    ['the default and all', 'import m,*as n from"m";var b=m.a,d=n.c;export{b,d};'],
    ['names below code that uses them', 'var d=c;import{a as b,c}from"m";export{b,d};'],
  ] as const)
    it(`imports ${name}`, () => assert.deepEqual(run(text, { m: { a: 1, c: 2 } }), { b: 1, d: 2 }));

  it('runs what it imports nothing of', () => {
    let ran = 0;
    const modules = {
      get m() {
        return ++ran;
      },
    };
    run('import"m";', modules);
    assert.equal(ran, 1);
  });

  it('loads what it needs later when it needs it', async () => {
    const modules: Record<string, unknown> = {};
    const text = 'var later=()=>import("./late.js"),same=()=>import("./late.js");export{later,same};';
    const { later, same } = run(text, modules, ['./late.js']) as Record<string, () => Promise<unknown>>;
    modules['./late.js'] = { is: 'here' };
    assert.deepEqual([await later?.(), await same?.()], [{ is: 'here' }, { is: 'here' }]);
  });

  it('leaves words in texts alone', () => {
    const text = 'var t=`import{a}from"m";export{a};import("./late.js")`;export{t};';
    assert.deepEqual(run(text), { t: 'import{a}from"m";export{a};import("./late.js")' });
  });

  it('keeps every line where it is, and what follows the exports', () => {
    const text = 'import {\n  a\n} from "m";\nvar b = a;\nexport {\n  b\n};\n//# sourceMappingURL=data:x\n';
    const code = commonJsOf(text, []);
    const line = (of: string, what: string) => of.split('\n').findIndex((one) => one.includes(what));
    for (const what of ['var b', '//# sourceMappingURL']) assert.equal(line(code, what), line(text, what));
  });

  it('does not go on where it does not find what it is to replace', () => {
    assert.throws(() => commonJsOf('export{};', ['./late.js']), /late\.js.* is not in the chunk/);
  });

  it('still begins with the line that names its interpreter', () => {
    assert.match(
      commonJsOf('#!/usr/bin/env node\nimport{a}from"m";a();', []),
      /^#!\/usr\/bin\/env node\n"use strict";/,
    );
  });
});
