import { parseDocument } from '../document/document';
import { pointerOf } from '../document/pointer';
import { severityOf } from '../problems/catalogue';
import { validate } from '../validate/validate';
import type { FixContext } from './fix';

/** What the user's settings have for a URL field; `undefined` where that is nothing that a request can be sent with. */
export function defaultUrl(field: string, context: FixContext): string | undefined {
  const url = context.defaultUrls[field]?.trim();
  if (!url) return undefined;
  const problems = validate(parseDocument(JSON.stringify({ [field]: url })), context);
  const isWrong = problems.some(
    (problem) => problem.pointer === pointerOf([field]) && severityOf(problem) === 'error',
  );
  return isWrong ? undefined : url;
}
