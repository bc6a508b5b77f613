import type { SignatureScheme } from '../signature';
import { goHandler } from './go';
import { expressHandler, nodeHandler } from './node';
import { phpHandler } from './php';
import { pythonHandler } from './python';

/** A webhook handler to start from. */
export interface HandlerKind {
  /** For people. */
  readonly title: string;
  readonly file: string;
  /** The id of VS Code's language. */
  readonly language: string;
  /** The source text: it explains itself at its top. */
  readonly source: (scheme: SignatureScheme) => string;
}

export const HANDLERS = {
  node: { title: 'Node.js', file: 'webhook.mjs', language: 'javascript', source: nodeHandler },
  express: { title: 'Express', file: 'webhook.mjs', language: 'javascript', source: expressHandler },
  python: { title: 'Python', file: 'webhook.py', language: 'python', source: pythonHandler },
  php: { title: 'PHP', file: 'webhook.php', language: 'php', source: phpHandler },
  go: { title: 'Go', file: 'webhook.go', language: 'go', source: goHandler },
} as const satisfies Readonly<Record<string, HandlerKind>>;

export type HandlerLanguage = keyof typeof HANDLERS;
export const HANDLER_LANGUAGES = Object.keys(HANDLERS) as readonly HandlerLanguage[];

export function isHandlerLanguage(value: unknown): value is HandlerLanguage {
  return typeof value === 'string' && Object.hasOwn(HANDLERS, value);
}
