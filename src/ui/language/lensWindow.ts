import { window, type TextDocument } from 'vscode';

/** Lines beyond the ones on screen, so that not every step of a scroll asks anew. */
const MARGIN = 200;

interface Lines {
  readonly from: number;
  readonly to: number;
}

/** The part of a large document that has lenses: each of them costs the editor a little at every key. */
export class LensWindow {
  readonly #shown = new WeakMap<TextDocument, Lines>();

  /** The lines on screen in any editor of the document, and some around them. */
  linesOf(document: TextDocument): Lines {
    const visible = visibleLines(document);
    const lines = { from: visible.from - MARGIN, to: visible.to + MARGIN };
    this.#shown.set(document, lines);
    return lines;
  }

  /** Whether there is something on screen that was beyond the lines that were given last. */
  isLeft(document: TextDocument): boolean {
    const shown = this.#shown.get(document);
    if (!shown) return false;
    const { from, to } = visibleLines(document);
    return from < shown.from || to > shown.to;
  }

  forget(document: TextDocument): void {
    this.#shown.delete(document);
  }
}

function visibleLines(document: TextDocument): Lines {
  const ranges = window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges);
  if (ranges.length === 0) return { from: 0, to: 0 };
  return {
    from: Math.min(...ranges.map(({ start }) => start.line)),
    to: Math.max(...ranges.map(({ end }) => end.line)),
  };
}
