type Child = Node | string | undefined;

/** Attributes by name; listeners by `on…`. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Whatever a server says becomes text here, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== undefined && value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A button that shows an icon alone. */
export function iconButton(icon: SVGElement, label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'icon', title: label, 'aria-label': label }, icon);
  made.addEventListener('click', onClick);
  return made;
}

export function svg(
  name: string,
  attributes: Attributes = {},
  ...children: readonly SVGElement[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}
