// Leaves out of a bundle what dependencies hold and no code of ours reaches.
const { readFileSync } = require('node:fs');

/** Blob, File and FormData are for a Node without them; every Node that is supported has them. */
const OF_NODE = `
export const { Blob, File, FormData } = globalThis;
export default Blob;
export let fileFrom, fileFromSync, blobFrom, blobFromSync, formDataToBlob, toFormData;
`;

/** @type {import('esbuild').Plugin} */
const leanDependencies = {
  name: 'lean-dependencies',
  setup(build) {
    // Requests and answers are JSON: forms are neither sent nor read.
    build.onResolve({ filter: /^(fetch-blob|formdata-polyfill)\/?|\/multipart-parser\.js$/ }, () => ({
      path: 'blob',
      namespace: 'of-node',
      sideEffects: false,
    }));
    build.onLoad({ filter: /^blob$/, namespace: 'of-node' }, () => ({ contents: OF_NODE }));
    build.onLoad({ filter: /\/currency-codes\/index\.js$/ }, () => ({
      contents: `exports.data = require('./data');`,
    }));
    // A currency is known by its code; the countries that use it are most of the list.
    build.onLoad({ filter: /\/currency-codes\/data\.js$/ }, ({ path }) => {
      const own = { exports: [] };
      new Function('module', readFileSync(path, 'utf8'))(own);
      const list = own.exports.map(({ code, number, currency }) => ({ code, number, currency }));
      return { contents: `module.exports = ${JSON.stringify(list)};` };
    });
  },
};

module.exports = { leanDependencies };
