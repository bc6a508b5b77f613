import axe from 'axe-core';
import { type FrameLocator, type Page } from 'playwright-core';

/** What of an axe report matters here. */
interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/**
 * What axe finds in a webview, or within what a selector names of a page, that keeps people from using it: its
 * violations of serious and critical impact.
 */
export async function seriousViolations(webview: FrameLocator | Page, within?: string): Promise<string[]> {
  const run = (
    _: unknown,
    { source, selector }: { source: string; selector: string | undefined },
  ): Promise<{ violations: Violation[] }> => {
    const page = globalThis as unknown as {
      eval(code: string): void;
      axe: { run(context?: string): Promise<{ violations: Violation[] }> };
    };
    page.eval(source);
    return selector === undefined ? page.axe.run() : page.axe.run(selector);
  };
  const { violations } = await webview
    .locator('body')
    .evaluate(run, { source: axe.source, selector: within });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join()}: ${node.failureSummary ?? ''}`),
    );
}
