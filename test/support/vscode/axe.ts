import axe from 'axe-core';
import { type FrameLocator, type Page } from 'playwright-core';

/** What of an axe report matters here. */
interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe finds in a webview that keeps people from using it: its violations of serious and critical impact. */
export async function seriousViolations(webview: FrameLocator | Page): Promise<string[]> {
  const run = (_: unknown, source: string): Promise<{ violations: Violation[] }> => {
    const page = globalThis as unknown as {
      eval(code: string): void;
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    page.eval(source);
    return page.axe.run();
  };
  const { violations } = await webview.locator('body').evaluate(run, axe.source);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join()}: ${node.failureSummary ?? ''}`),
    );
}
