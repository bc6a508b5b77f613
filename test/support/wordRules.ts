import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { PROJECT } from './paths';

/** What no text for people says, and what it says instead. */
const RULES: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\banswers?\b/i, 'response'],
  [/\b(behaviours?|colours?|licence|misspelt)\b/i, 'American spelling'],
  [/\bof it\b/i, 'name what it is'],
  [/(?<!\bthere )\bis no (?!longer\b)[a-z]+/i, '“is not a …”'],
  [/\bto the letter\b/i, '“exact”'],
  [/\bvery same\b/i, '“exact”'],
  [/\bof its\b/i, 'name what it is'],
  [/\bnot any ?more\b/i, '“no longer”'],
];

/** Words in a command's title; a category stands before it. */
const LONGEST_TITLE = 5;

/** Characters of a notification's own words, which fit into two lines or so. */
const LONGEST_NOTIFICATION = 160;

/** Where people read what stands in strings: but for the codes of the contract and what the sandbox says as the API. */
const TOLD = /^src\/(ui|webview|terminal|app|adapters)\/|^src\/core\/(?!contract\/wire|webhook\/handlers)/;

/** What no comment says either: a contributor reads it as a user reads a message. */
const COMMENT_RULES: typeof RULES = [
  [/\b(the|an|any|no|every|each|whole|late|right) answers?\b/i, 'response'],
  [/\banswers (with|to|as|of|that)\b/i, 'responds, or responses'],
  [/\b(behaviours?|colours?|neighbours?|licence|misspelt)\b/i, 'American spelling'],
  [/\bto the letter\b/i, '“exactly”'],
  [/\bvery same\b/i, '“exact”'],
  [/\bany ?more\b/i, '“any longer”, or “no longer”'],
];

/** The pages beside the README that users and contributors read. */
const PAGES = [
  'SECURITY.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'AGENTS.md',
  'README.md',
  'docs',
  'samples',
];

/** What breaks the rules, one finding a line; empty where nothing does. */
export async function wordFaults(): Promise<string> {
  const faults: string[] = [];
  const manifest = JSON.parse(readFileSync(path.join(PROJECT, 'package.nls.json'), 'utf8')) as Record<
    string,
    string
  >;
  for (const [key, text] of Object.entries(manifest)) {
    faults.push(...faultsOf(text).map((fault) => `package.nls.json ${key}: ${fault}`));
    if (key.startsWith('command.') && text.split(/\s+/).length > LONGEST_TITLE)
      faults.push(`package.nls.json ${key}: a title has at most ${LONGEST_TITLE} words: ${text}`);
  }
  const sources = await readdir(path.join(PROJECT, 'src'), { recursive: true });
  for (const name of sources.filter((one) => one.endsWith('.ts')).sort()) {
    const file = `src/${name.replaceAll(path.sep, '/')}`;
    const source = await readFile(path.join(PROJECT, file), 'utf8');
    if (TOLD.test(file)) faults.push(...faultsIn(file, source));
    for (const [line, text] of commentsOf(source))
      faults.push(...faultsOf(text, COMMENT_RULES).map((fault) => `${file}:${line}: ${fault}`));
  }
  for (const page of await pages()) {
    const text = await readFile(path.join(PROJECT, page), 'utf8');
    for (const [place, line] of text.split('\n').entries())
      faults.push(
        ...faultsOf(line.replaceAll(/`[^`]*`/g, '``'), COMMENT_RULES).map(
          (fault) => `${page}:${place + 1}: ${fault}`,
        ),
      );
  }
  return faults.join('\n');
}

async function pages(): Promise<string[]> {
  const found = await Promise.all(
    PAGES.map(async (page) =>
      page.endsWith('.md')
        ? [page]
        : (await readdir(path.join(PROJECT, page)))
            .filter((name) => name.endsWith('.md'))
            .map((name) => `${page}/${name}`),
    ),
  );
  return found.flat();
}

/** The comments of a source, each with the line where it begins. */
function* commentsOf(source: string): Generator<readonly [line: number, text: string]> {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, source);
  let line = 1;
  let counted = 0;
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isComment =
      kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
    if (!isComment) continue;
    const start = scanner.getTokenStart();
    line += source.slice(counted, start).split('\n').length - 1;
    counted = start;
    yield [line, scanner.getTokenText()];
  }
}

function faultsOf(text: string, rules = RULES): string[] {
  return rules.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`“${found}” → ${instead}: ${text}`];
  });
}

/** The texts of a source: strings with a space in them, but for those that are compared or imported. */
function faultsIn(file: string, source: string): string[] {
  const faults: string[] = [];
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
      if (node.text.trim().includes(' '))
        faults.push(...faultsOf(node.text).map((fault) => `${file}:${line + 1}: ${fault}`));
    }
    if (ts.isCallExpression(node) && /^notify\.(info|warn|error)$/.test(node.expression.getText())) {
      const [message] = node.arguments;
      const words = message && ownWords(message);
      if (words !== undefined && words.length > LONGEST_NOTIFICATION) {
        const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
        faults.push(
          `${file}:${line + 1}: a notification has at most ${LONGEST_NOTIFICATION} characters: ${words}`,
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return faults;
}

function ownWords(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => literal.text).join('');
}
