/** What had the focus when it was taken away, such as a button that is not there while something is under way. */
let wanted: string | undefined;
/** Where that was, if it could not be given back: a page that nobody works in takes the focus from no editor. */
let owed: HTMLElement | undefined;

addEventListener('focus', () => {
  const active = document.activeElement;
  if (owed && (active === document.body || active === owed)) giveBack(owed);
  owed = undefined;
});

/**
 * Puts other content in place of what is in a holder. Who works by keyboard stays where they are: what had the focus
 * in there has it again, be it later, and until then the holder has it.
 */
export function replaceContent(holder: HTMLElement, ...children: readonly (Node | undefined)[]): void {
  const active = document.activeElement;
  const hadFocus = active instanceof HTMLElement && holder.contains(active);
  if (hadFocus && active !== holder) wanted = nameOf(active);
  holder.replaceChildren(...children.filter((child) => child !== undefined));
  if (!hadFocus) return;
  if (document.hasFocus()) giveBack(holder);
  else owed = holder;
}

/** Gives the focus to an element once somebody works in the page: before, it would be taken from an editor. */
export function focusInPage(target: HTMLElement): void {
  if (document.hasFocus()) target.focus();
  else owed = target;
}

function giveBack(holder: HTMLElement): void {
  (focusableNamed(holder, wanted) ?? holder).focus({ preventScroll: true });
}

const FOCUSABLE = 'button, input, select, summary, [tabindex]';

/** By what it is and says, if not by a name of its own: what stands in its place later is another element. */
function nameOf(element: HTMLElement): string {
  const said = element.getAttribute('aria-label') ?? element.textContent;
  return element.dataset['focus'] ?? `${element.tagName} ${said}`;
}

function focusableNamed(holder: HTMLElement, name: string | undefined): HTMLElement | undefined {
  const all = [...holder.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const found = all.find((element) => nameOf(element) === name);
  if (!(found instanceof HTMLButtonElement) || !found.disabled) return found;
  // Such as the other direction, where there is no further page.
  return found.parentElement?.querySelector<HTMLElement>('button:not(:disabled)') ?? undefined;
}
