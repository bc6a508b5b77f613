// Writes the ES modules that esbuild prints as CommonJS: it splits nothing else, and VS Code loads nothing else.
const { parse } = require('acorn');

const nameOf = ({ name, value }) => name ?? value;
const property = (key, value) => (key === value ? key : `${key}:${value}`);

/** `const{a:b}=require("c")` */
function required({ specifiers, source }) {
  const isNamed = ({ type }) => type === 'ImportSpecifier';
  const named = specifiers
    .filter(isNamed)
    .map(({ imported, local }) => property(nameOf(imported), local.name));
  const whole = specifiers.filter((specifier) => !isNamed(specifier)).map(({ local }) => local.name);
  const [first, ...others] = [...whole, ...(named.length > 0 ? [`{${named}}`] : [])];
  const again = others.map((other) => `,${other}=${first}`).join('');
  return `${first === undefined ? '' : `const ${first}=`}require(${source.raw})${again};`;
}

/** `module.exports={a:b};` */
function given({ specifiers }) {
  const names = specifiers.map(({ exported, local }) => property(nameOf(exported), local.name));
  return `module.exports={${names}};`;
}

const lineEnds = (text) => text.replace(/[^\n]/g, '');

/**
 * What a chunk exports does not change once the chunk has run, and chunks do not depend on one another in a circle, so
 * that a constant can hold what is imported. Lines stay where they are, and a source map true.
 *
 * @param {string} text of a chunk.
 * @param {Iterable<string>} dynamic what the chunk imports when it needs it, as it is written there.
 * @throws where one of those is not there.
 */
function commonJsOf(text, dynamic) {
  const statements = parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body;
  const imports = statements.filter(({ type }) => type === 'ImportDeclaration');
  const exported = statements.filter(({ type }) => type === 'ExportNamedDeclaration');
  let body = text;
  for (const statement of [...imports, ...exported].sort((a, b) => b.start - a.start)) {
    const { type, start, end } = statement;
    const instead = type === 'ImportDeclaration' ? '' : given(statement);
    body = body.slice(0, start) + instead + lineEnds(body.slice(start, end)) + body.slice(end);
  }
  for (const name of dynamic) {
    const written = `import(${JSON.stringify(name)})`;
    if (!body.includes(written)) throw new Error(`${written} is not in the chunk.`);
    body = body.replaceAll(written, `Promise.resolve().then(()=>require(${JSON.stringify(name)}))`);
  }
  const hashbang = /^#!.*\n/.exec(body)?.[0] ?? '';
  return `${hashbang}"use strict";${imports.map(required).join('')}${body.slice(hashbang.length)}`;
}

module.exports = { commonJsOf };
