// Collects the licences of the packages that a bundle holds.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const LICENSE = /^(licen[cs]e|copying)(\.\w+)?$/i;
const README = /^readme(\.\w+)?$/i;

/** The text of a package's licence: a file of its own, else the last section of its README. */
function licenseIn(folder) {
  const files = readdirSync(folder);
  const read = (pattern) => {
    const file = files.find((name) => pattern.test(name));
    return file && readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  };
  return read(LICENSE) ?? /^#* *licen[cs]e\n[^]*/im.exec(read(README) ?? '')?.[0];
}

/**
 * The licence texts of all packages of which something is in a bundle, each with its name and version.
 *
 * @param {import('esbuild').Metafile[]} metafiles of builds from the project's folder.
 * @param {string} project the project's folder.
 * @throws when a package names no licence.
 */
function licensesOf(metafiles, project) {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  return [...new Set(folders)]
    .map((folder) => path.join(project, folder))
    .map((folder) => {
      const { name, version, license, author } = JSON.parse(
        readFileSync(path.join(folder, 'package.json'), 'utf8'),
      );
      if (license === undefined) throw new Error(`${name} names no licence.`);
      const by = typeof author === 'object' ? author.name : author;
      const text = licenseIn(folder) ?? `By ${by}. The package names its licence and holds no text of it.`;
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .sort()
    .join(`\n${'-'.repeat(80)}\n\n`);
}

module.exports = { licensesOf };
