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

/** Where people read what stands in strings. */
const FOLDERS = ['src/ui', 'src/webview', 'src/terminal'];

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
  for (const folder of FOLDERS) {
    const files = await readdir(path.join(PROJECT, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts')).sort())
      faults.push(...faultsIn(`${folder}/${file}`, await readFile(path.join(PROJECT, folder, file), 'utf8')));
  }
  return faults.join('\n');
}

function faultsOf(text: string): string[] {
  return RULES.flatMap(([pattern, instead]) => {
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
