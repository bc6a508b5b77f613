import { type Theme } from '../vscode/workbench';
import THEMES from './themes.json';

/** The colors that the style sheets of the pages name, in each theme as VS Code has them. */
export const COLORS: Readonly<Record<Theme, Readonly<Record<string, string>>>> = THEMES;

/** What VS Code says of fonts; other systems have other ones. */
const FONTS = {
  '--vscode-font-family': 'system-ui, sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-editor-font-family': 'monospace',
  '--vscode-editor-font-size': '14px',
};

/** As far as the style sheets of the pages do not set it themselves: what VS Code sets for every page. */
const DEFAULTS = `@layer vscode-default {
  body { background-color: transparent; color: var(--vscode-editor-foreground); padding: 0 20px; }
  a { color: var(--vscode-textLink-foreground); }
  input:focus, select:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code {
    padding: 1px 3px;
    border-radius: 4px;
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
  }
}`;

/** A script that gives to the page what VS Code gives: once, and nothing but this. */
export const STAND_IN = `{
  const { standInPost, standInSetState } = globalThis;
  let acquired = false;
  globalThis.acquireVsCodeApi = () => {
    if (acquired) throw new Error('The API was acquired already.');
    acquired = true;
    return Object.freeze({
      postMessage: (message) => void standInPost(message),
      setState: (state) => void standInSetState(state),
    });
  };
  const defaults = new CSSStyleSheet();
  defaults.replaceSync(${JSON.stringify(DEFAULTS)});
  document.adoptedStyleSheets = [defaults];
}`;

/** A script that gives to the root element the variables of a theme, in place of those of another. */
export const styleOf = (theme: Theme): string => {
  const variables = Object.entries({ ...FONTS, ...COLORS[theme] });
  const text = variables.map(([name, value]) => `${name}: ${value}`).join('; ');
  return `document.documentElement.style.cssText = ${JSON.stringify(text)}`;
};
